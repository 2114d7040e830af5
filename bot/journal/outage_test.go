package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
)

var nopLog = zap.NewNop()

// Nobody writes, as when the database hangs: Record returns all the same, and counts what finds no room.
func TestFullBufferDropsAndCounts(t *testing.T) {
	d := newDesk(t, filepath.Join(t.TempDir(), "j.db"), Config{Buffer: 10})
	free, err := d.acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 25 {
		d.ask(fmt.Sprint("question ", i), "ann")
	}
	if s := d.Stats(); s.Waiting != 10 || s.Dropped != 15 || s.Written != 0 {
		t.Errorf("Stats = %+v, want 10 waiting and 15 dropped", s)
	}
	free()
	d.flush()
	if s := d.Stats(); s.Waiting != 0 || s.Dropped != 15 || s.Written != 10 {
		t.Errorf("Stats = %+v, want 10 written and 15 dropped", s)
	}
}

// running starts Run and returns a function that ends it.
func (d *desk) running() (stop func()) {
	ctx, cancel := context.WithCancel(d.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Journal.Run(ctx) }()
	return func() {
		d.Helper()
		cancel()
		if err := <-ended; err != nil {
			d.Errorf("Run = %v, want nil", err)
		}
	}
}

// until waits for the statistics to be as wanted.
func (d *desk) until(what string, want func(Stats) bool) {
	d.Helper()
	deadline := time.After(time.Minute)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !want(d.Stats()) {
		select {
		case <-deadline:
			d.Fatalf("no %s after a minute: %+v", what, d.Stats())
		case <-tick.C:
		}
	}
}

func TestRunWrites(t *testing.T) {
	onBoth(t, Config{Every: time.Millisecond}, func(d *desk) {
		stop := d.running()
		for _, who := range []string{"ann", "bob", "cem"} {
			d.Record(d.asked(who, "can I bring my dog")) // the clock stands still while Run reads it
		}
		d.until("3 rows", func(s Stats) bool { return s.Written == 3 && s.Waiting == 0 })
		stop()
		d.ask("can I bring my dog", "dot") // a reply that ends during the shutdown
		d.open(Config{})
		if misses, _ := d.misses(); len(misses) != 1 || misses[0].Times != 4 {
			d.Errorf("Misses = %+v, want the question 4 times", misses)
		}
	})
}

// Another program holds SQLite's lock: rows wait, and are written once it lets go.
func TestLockedDatabase(t *testing.T) {
	d := newDesk(t, filepath.Join(t.TempDir(), "j.db"), Config{Every: time.Millisecond})
	other, err := sql.Open("sqlite", "file:"+d.where+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	lock, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	d.ask("can I bring my dog", "ann")
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := d.Flush(short); err == nil {
		t.Error("Flush of a locked database = nil error, want one")
	}
	if s := d.Stats(); s.Waiting != 1 || s.Failing == "" {
		t.Errorf("Stats = %+v, want a row that waits and an error", s)
	}
	defer d.running()()
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	d.until("row", func(s Stats) bool { return s.Written == 1 && s.Waiting == 0 && s.Failing == "" })
}

// The server is away when the program starts, comes, goes and comes again: nothing is lost, and nothing twice.
func TestServerComesAndGoes(t *testing.T) {
	address := postgres(t)
	socket := filepath.Join(theServer.dir, ".s.PGSQL.5432")
	w := &wire{T: t, socket: socket, listen: "127.0.0.1:0"}
	w.plug()
	w.unplug()
	name := strings.TrimPrefix(address, "postgres:///")
	name, _, _ = strings.Cut(name, "?")
	d := newDesk(t, "postgres://frontdesk@"+w.listen+"/"+name+"?sslmode=disable&connect_timeout=5", Config{Every: time.Millisecond})
	d.ask("can I bring my dog", "ann", "bob")
	if err := d.Flush(t.Context()); err == nil {
		t.Error("Flush without a server = nil error, want one")
	}
	if _, _, err := d.Misses(t.Context(), Period{}); err == nil {
		t.Error("Misses without a server = nil error, want one")
	}
	if _, err := d.Forget(t.Context(), "telegram:nobody"); err == nil {
		t.Error("Forget without a server = nil error, want one")
	}
	w.plug()
	d.flush()
	w.unplug()
	d.ask("can I bring my dog", "cem")
	if err := d.Flush(t.Context()); err == nil {
		t.Error("Flush after the server went = nil error, want one")
	}
	w.plug()
	defer w.unplug()
	stop := d.running()
	d.until("rows", func(s Stats) bool { return s.Written == 3 })
	stop()
	if misses, _ := d.misses(); len(misses) != 1 || misses[0].Times != 3 || misses[0].People != 3 {
		t.Errorf("Misses = %+v, want the question 3 times", misses)
	}
}

// The server accepts the connection and says nothing: Open gives up and the desk starts.
func TestSilentServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	j, err := Open(t.Context(), "postgres://frontdesk@"+l.Addr().String()+"/x?sslmode=disable&connect_timeout=1", Config{}, nopLog)
	if err != nil {
		t.Fatalf("Open of a silent server = %v, want a journal whose rows wait", err)
	}
	j.Record(bot.Exchange{Text: "can I bring my dog", Outcome: bot.Answered})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := j.Flush(ctx); err == nil || j.Stats().Waiting != 1 {
		t.Errorf("Flush = %v with %+v, want an error and a row that waits", err, j.Stats())
	}
	if err := j.Close(); err == nil || !strings.Contains(err.Error(), "1 rows lost") {
		t.Errorf("Close = %v, want the number of rows lost", err)
	}
}

func TestWrongDatabase(t *testing.T) {
	address := strings.Replace(postgres(t), "test", "nothing", 1)
	if j, err := Open(t.Context(), address, Config{}, nopLog); err == nil {
		j.Close()
		t.Errorf("Open(%q) = nil error, want one: waiting will not help", address)
	}
}

// A row that the database refuses for what is in it does not hold up the others.
func TestRefusedRow(t *testing.T) {
	onBoth(t, Config{Privacy: Full}, func(d *desk) {
		rule := "CREATE TRIGGER refuse BEFORE INSERT ON journal_exchanges WHEN new.question = 'refused' BEGIN SELECT RAISE(ABORT, 'no'); END"
		if d.store.postgres {
			rule = "ALTER TABLE journal_exchanges ADD CHECK (question <> 'refused')"
		}
		if _, err := d.store.write.Exec(rule); err != nil {
			d.Fatal(err)
		}
		for i := range 40 {
			d.ask(fmt.Sprint("question ", i), "ann")
			if i%10 == 3 {
				d.ask("refused", "bob")
			}
		}
		d.flush()
		if s := d.Stats(); s.Written != 40 || s.Dropped != 4 || s.Waiting != 0 {
			d.Errorf("Stats = %+v, want 40 written and 4 dropped", s)
		}
	})
}

// A wire leads from a port of ours to the server's socket, and can be cut.
type wire struct {
	*testing.T
	socket, listen string
	listener       net.Listener
	ended          chan struct{}
}

func (w *wire) plug() {
	w.Helper()
	var err error
	if w.listener, err = net.Listen("tcp", w.listen); err != nil {
		w.Fatal(err)
	}
	w.listen, w.ended = w.listener.Addr().String(), make(chan struct{})
	go w.run(w.listener, w.ended)
}

// run joins connections until the listener closes, and then cuts them.
func (w *wire) run(l net.Listener, ended chan struct{}) {
	defer close(ended)
	for {
		near, err := l.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("unix", w.socket)
		if err != nil {
			near.Close()
			continue
		}
		defer near.Close()
		defer far.Close()
		go io.Copy(near, far)
		go io.Copy(far, near)
	}
}

func (w *wire) unplug() {
	w.listener.Close()
	<-w.ended
}

// TestBackupFollowsNoLink finds a link under the name of the unfinished copy, as in a folder that others may write to.
func TestBackupFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	j, err := Open(t.Context(), filepath.Join(dir, "journal.db"), Config{}, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	other, copied := filepath.Join(dir, "other"), filepath.Join(dir, "copy.db")
	if err := os.WriteFile(other, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(other, copied+".part"); err != nil {
		t.Fatal(err)
	}
	if err := j.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(other); err != nil || string(text) != "precious" {
		t.Errorf("Backup wrote through a link: %d bytes, %v", len(text), err)
	}
	if info, err := os.Lstat(copied); err != nil || !info.Mode().IsRegular() {
		t.Errorf("the copy is %v, %v, want a file", info, err)
	}
}

func TestBackup(t *testing.T) {
	onBoth(t, Config{}, func(d *desk) {
		path := filepath.Join(d.TempDir(), "backup.db")
		d.ask("can I bring my dog", "ann", "bob", "cem")
		err := d.Backup(d.Context(), path)
		if d.store.postgres {
			if !errors.Is(err, ErrBackup) {
				d.Errorf("Backup = %v, want %v", err, ErrBackup)
			}
			return
		}
		if err != nil {
			d.Fatal(err)
		}
		d.ask("can I bring my dog", "dot")
		d.flush()
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			d.Errorf("backup = %v, %v, want a file of mode 0600", info, err)
		}
		copied := newDesk(d.T, path, Config{})
		if misses, _ := copied.misses(); len(misses) != 1 || misses[0].Times != 3 {
			d.Errorf("Misses of the backup = %+v, want the question 3 times", misses)
		}
		if err := d.Backup(d.Context(), path); !errors.Is(err, os.ErrExist) {
			d.Errorf("Backup over another = %v, want %v", err, os.ErrExist)
		}
		if err := d.Backup(d.Context(), filepath.Join(path, "x")); err == nil {
			d.Error("Backup into a file = nil error, want one")
		}
		if left, _ := filepath.Glob(filepath.Dir(path) + "/*.part"); left != nil {
			d.Errorf("Backup left %q", left)
		}
	})
}

// TestDiskAway opens a journal whose folder cannot be written to: rows wait for it, and those beyond are counted as lost.
func TestDiskAway(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(dir, nil, 0o600); err != nil { // no folder can be here
		t.Fatal(err)
	}
	j, err := Open(t.Context(), filepath.Join(dir, "journal.db"), Config{Buffer: 2}, nopLog)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	for _, who := range []bot.PersonID{"x:1", "x:2", "x:3"} {
		j.Record(bot.Exchange{At: time.Now(), Room: "x:1", From: who, Text: "can I bring my dog", Outcome: bot.Unanswered})
	}
	if err := j.Flush(t.Context()); err == nil {
		t.Error("Flush without a disk = nil error, want one")
	}
	if s := j.Stats(); s.Failing == "" || s.Waiting != 2 || s.Dropped != 1 {
		t.Errorf("Stats = %+v, want a fault, 2 rows waiting and 1 lost", s)
	}
	if _, _, err := j.Misses(t.Context(), Period{}); err == nil {
		t.Error("Misses without a disk = nil error, want one")
	}
	if err := errors.Join(os.Remove(dir), os.Mkdir(dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := j.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := j.Stats(); s.Failing != "" || s.Written != 2 || s.Waiting != 0 {
		t.Errorf("Stats = %+v once the disk is back, want 2 rows written", s)
	}
	if info, err := os.Stat(filepath.Join(dir, "journal.db")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("journal.db = %v, %v, want a file of mode 0600", info, err)
	}
}
