package journal

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"frontdesk/bot"
)

// killed is set in the process that TestKill starts and kills: the path of its journal.
const killed = "FRONTDESK_TEST_JOURNAL_TO_KILL"

// The points at which TestKill kills, and what they are drawn from.
const (
	kills    = 20
	killSeed = 20261123
)

// TestKill kills a program that writes, at random moments: what it had flushed is all there, and the file is whole.
func TestKill(t *testing.T) {
	if path := os.Getenv(killed); path != "" {
		writeUntilKilled(t, path)
	}
	path := filepath.Join(t.TempDir(), "j.db")
	flushed := 0
	random := rand.New(rand.NewPCG(killSeed, kills))
	for range kills {
		flushed += killAfter(t, path, 1+random.IntN(12), time.Duration(random.Int64N(int64(3*time.Millisecond))))
	}
	d := newDesk(t, path, Config{Retention: 100 * 365 * day})
	var verdict string
	var rows int
	if err := d.store.read.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity_check = %q, %v, want ok", verdict, err)
	}
	if err := d.store.read.QueryRow("SELECT COUNT(*) FROM journal_exchanges").Scan(&rows); err != nil || rows < flushed {
		t.Errorf("%d rows, %v, want at least the %d that were flushed", rows, err, flushed)
	}
}

// killAfter starts the program, kills it some time after it has flushed some batches, and returns how many rows these had.
func killAfter(t *testing.T, path string, batches int, wait time.Duration) int {
	t.Helper()
	program := exec.Command(os.Args[0], "-test.run=^TestKill$")
	program.Env = append(os.Environ(), killed+"="+path)
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	defer program.Wait()
	defer program.Process.Kill()
	rows, lines := 0, bufio.NewScanner(out)
	for lines.Scan() && batches > 0 {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatalf("the program says %q, want how many rows it flushed", lines.Text())
		}
		rows = n
		batches--
	}
	if batches > 0 {
		t.Fatalf("the program ended by itself: %v", lines.Err())
	}
	moment := time.NewTimer(wait) // into the next one
	<-moment.C
	return rows
}

func writeUntilKilled(t *testing.T, path string) {
	j, err := Open(t.Context(), path, Config{Privacy: Full}, nopLog)
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; ; n++ {
		j.Record(bot.Exchange{Room: "x:1", Text: fmt.Sprint("question ", n), Outcome: bot.Answered})
		if n%20 == 0 {
			if err := j.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
			fmt.Println(n)
		}
	}
}
