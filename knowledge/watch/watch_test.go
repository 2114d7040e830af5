package watch

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience bounds each wait, generously: it only matters when something is broken.
const patience = 30 * time.Second

// A watched is a folder under a running watch.
type watched struct {
	t     *testing.T
	dir   string
	calls chan struct{} // one for each call of changed
}

// settle is long enough that a busy machine does not tear one change into two.
const settle = 250 * time.Millisecond

// never is a rescan so seldom that a test sees events only.
const never = time.Hour

func watchDir(t *testing.T, dir string, o Options) *watched {
	t.Helper()
	w := &watched{t: t, dir: dir, calls: make(chan struct{}, 100)}
	w.start(dir, o)
	w.wait("the start")
	return w
}

// start runs a watch until the test ends.
func (w *watched) start(path string, o Options) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, path, o, func(context.Context) { w.calls <- struct{}{} }, zap.NewNop()) }()
	w.t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			w.t.Errorf("Run(%q) = %v, want nil once its context ends", path, err)
		}
	})
}

func (w *watched) wait(after string) {
	w.t.Helper()
	select {
	case <-w.calls:
	case <-time.After(patience):
		w.t.Fatalf("no call after %s", after)
	}
}

// once wants one call for what was done, and one for a change after it.
func (w *watched) once(what string) {
	w.t.Helper()
	w.wait(what)
	w.write("last.md", what)
	w.wait("the change after " + what)
	if n := len(w.calls); n > 0 {
		w.t.Errorf("%d calls too many after %s", n, what)
	}
}

func (w *watched) write(name, text string) {
	w.t.Helper()
	path := filepath.Join(w.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

func (w *watched) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// changes are the ways in which files change under a watch.
var changes = []struct {
	name   string
	change func(w *watched)
}{
	{"a new file", func(w *watched) { w.write("new.md", "x") }},
	{"a file written over", func(w *watched) { w.write("a.md", "other text") }},
	{"a file removed", func(w *watched) { w.must(os.Remove(filepath.Join(w.dir, "a.md"))) }},
	{"a file renamed", func(w *watched) {
		w.must(os.Rename(filepath.Join(w.dir, "a.md"), filepath.Join(w.dir, "b.md")))
	}},
	{"a file saved by renaming a temporary one over it", func(w *watched) {
		w.write(".a.md.swp", "not yet")
		w.write("a.md.tmp", "saved anew")
		w.must(os.Rename(filepath.Join(w.dir, "a.md.tmp"), filepath.Join(w.dir, "a.md")))
		w.must(os.Remove(filepath.Join(w.dir, ".a.md.swp")))
	}},
	{"a file in a new folder in a new folder", func(w *watched) { w.write("more/and/more.md", "x") }},
	{"a burst", func(w *watched) {
		for i := range 200 {
			w.write(filepath.Join("burst", string(rune('a'+i%26))+".md"), string(rune('a'+i/26)))
		}
	}},
	{"a folder replaced by another", func(w *watched) {
		w.write(".next/c.md", "the next version")
		w.must(os.Rename(filepath.Join(w.dir, "sub"), filepath.Join(w.dir, ".old")))
		w.must(os.Rename(filepath.Join(w.dir, ".next"), filepath.Join(w.dir, "sub")))
	}},
	{"who may read a file", func(w *watched) { w.must(os.Chmod(filepath.Join(w.dir, "a.md"), 0o600)) }},
}

func TestEachChangeIsToldOnce(t *testing.T) {
	for mode, o := range map[string]Options{
		"events": {Settle: settle, Rescan: never},
		"rescan": {Settle: settle, Rescan: 20 * time.Millisecond},
	} {
		for _, c := range changes {
			t.Run(mode+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				w := &watched{t: t, dir: dir, calls: make(chan struct{}, 100)}
				w.write("a.md", "text")
				w.write("sub/c.md", "text")
				w.start(dir, o)
				w.wait("the start")
				c.change(w)
				w.once(c.name)
			})
		}
	}
}

func TestTemporaryFilesAreNotTold(t *testing.T) {
	w := watchDir(t, t.TempDir(), Options{Settle: settle, Rescan: 10 * time.Millisecond})
	for _, name := range []string{".a.md.swp", "a.md~", "#a.md#", "~$a.docx", "a.md.tmp", ".git/index", "a.md.part"} {
		w.write(name, "x")
	}
	w.write("a.md", "the first that counts")
	w.once("the files that count")
}

func TestAWriteThatLeavesSizeAndTimeIsTold(t *testing.T) {
	dir := t.TempDir()
	w := &watched{t: t, dir: dir, calls: make(chan struct{}, 100)}
	w.write("a.md", "monday")
	info, err := os.Stat(filepath.Join(dir, "a.md"))
	w.must(err)
	w.start(dir, Options{Settle: 50 * time.Millisecond, Rescan: never})
	w.wait("the start")
	w.write("a.md", "sunday")
	w.must(os.Chtimes(filepath.Join(dir, "a.md"), info.ModTime(), info.ModTime()))
	w.wait("a write of the same size within one tick of the clock")
	w.write("a.md.tmp", "friday")
	w.must(os.Chtimes(filepath.Join(dir, "a.md.tmp"), info.ModTime(), info.ModTime()))
	w.must(os.Rename(filepath.Join(dir, "a.md.tmp"), filepath.Join(dir, "a.md")))
	w.wait("a file of the same size and time took its place")
}

func TestASingleFile(t *testing.T) {
	dir := t.TempDir()
	w := &watched{t: t, dir: dir, calls: make(chan struct{}, 100)}
	w.write("a.md", "text")
	w.start(filepath.Join(dir, "a.md"), Options{Settle: settle, Rescan: never})
	w.wait("the start")
	w.write("b.md", "a neighbour does not count")
	w.write("a.md", "other text")
	w.wait("the file was written")
	w.must(os.Remove(filepath.Join(dir, "a.md")))
	w.wait("the file was removed")
	if n := len(w.calls); n > 0 {
		t.Errorf("%d calls too many", n)
	}
}

// TestALinkedFolder swaps versions in the way that deployments and mounted configuration do.
func TestALinkedFolder(t *testing.T) {
	dir := t.TempDir()
	w := &watched{t: t, dir: dir, calls: make(chan struct{}, 100)}
	w.write("one/a.md", "text")
	w.write("two/a.md", "text")
	link := filepath.Join(dir, "now")
	w.must(os.Symlink("one", link))
	w.start(link, Options{Settle: 20 * time.Millisecond, Rescan: 10 * time.Millisecond})
	w.wait("the start")
	w.must(os.Symlink("two", link+".next"))
	w.must(os.Rename(link+".next", link))
	w.wait("the link leads elsewhere")
	w.write("two/a.md", "other text")
	w.wait("a change behind the new link")
}

// TestAFolderThatNeverRests has one file written to all the time beside the one that matters.
func TestAFolderThatNeverRests(t *testing.T) {
	w := watchDir(t, t.TempDir(), Options{Settle: 20 * time.Millisecond, Rescan: 10 * time.Millisecond})
	deadline := time.After(patience)
	for i := 0; ; i++ {
		w.write("grows.txt", string(make([]byte, i%4096)))
		select {
		case <-w.calls:
			return
		case <-deadline:
			t.Fatal("a folder that never rests is never told")
		default:
		}
	}
}

func TestAChangeDuringACallIsToldAfterIt(t *testing.T) {
	dir := t.TempDir()
	calls, goOn := make(chan struct{}), make(chan struct{})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, dir, Options{Settle: 20 * time.Millisecond, Rescan: never}, func(context.Context) {
			calls <- struct{}{}
			<-goOn
		}, zap.NewNop())
	}()
	w := &watched{t: t, dir: dir, calls: calls}
	w.wait("the start")
	w.write("a.md", "while the first call is under way")
	goOn <- struct{}{}
	w.wait("the first call")
	cancel()
	goOn <- struct{}{}
	if err := <-ended; err != nil {
		t.Errorf("Run = %v, want nil", err)
	}
}

func TestNoSuchFolder(t *testing.T) {
	err := Run(context.Background(), filepath.Join(t.TempDir(), "nowhere"), Options{}, func(context.Context) {
		t.Error("called without a folder")
	}, zap.NewNop())
	if err == nil {
		t.Error("Run(a folder that is not there) = nil, want an error")
	}
}
