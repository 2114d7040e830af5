package console

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot/publish"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// TestSavedIsNotLive saves while another change is being published and takes longer than a page waits: nothing is said
// to be live that is not, whether or not somebody insists. Once the other is done it goes live.
func TestSavedIsNotLive(t *testing.T) {
	for _, because := range []string{"", "we moved"} {
		entered, release := make(chan struct{}), make(chan struct{})
		var hold *sync.Once // holds the next who reads the files; nil for nobody
		load := func(fsys fs.FS) (knowledge.Base, []knowledge.Problem) {
			if hold != nil {
				hold.Do(func() { close(entered); <-release })
			}
			return knowledge.Load(fsys, knowledge.Handoff{})
		}
		h := newHouse(t, clinic, nil)
		h.files = publish.New(publish.Config{Path: h.dir, Load: load}, zap.NewNop())
		live, err := h.files.Start(t.Context())
		h.must(err)
		h.config.Publisher, h.config.Live = h.files, live
		before := h.files.Status().Serving.ID

		hold = &sync.Once{}
		var other sync.WaitGroup
		other.Go(func() { h.files.Reload(context.Background()) })
		<-entered
		change, err := h.book.NewSection(edit.NewSection{File: "news.md", Title: "What is new?", Body: "This."})
		h.must(err)
		ctx, giveUp := context.WithCancel(t.Context())
		said := make(chan string, 1)
		go func() {
			landed, err := h.bringOut(ctx, "Ann", change, plea{Reason: because})
			said <- fmt.Sprint(landed.Said, err)
		}()
		for tick := time.Tick(time.Millisecond); ; <-tick { // once it is written, there is only to wait
			if all, err := h.book.Audit(1); err == nil && len(all) == 1 {
				break
			}
		}
		giveUp()
		if got := <-said; !strings.Contains(got, "Saved in news.md, but not live yet") {
			t.Errorf("because %q: it is said %q", because, got)
		}
		close(release)
		other.Wait()
		if status := h.files.Reload(t.Context()); status.Serving.ID == before {
			t.Error("it does not go live later")
		}
	}
}

// TestTrialsWait tries the files while something else is tried: that waits for its turn, as all trials do, and says when
// it does not come.
func TestTrialsWait(t *testing.T) {
	h := newHouse(t, clinic, nil)
	h.trying <- struct{}{}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if fault := h.tryFiles(ctx, &trial{Question: "when are you open"}); !strings.Contains(fault, "Trying this takes longer than this page waits") {
		t.Errorf("tryFiles() out of turn = %q", fault)
	}
}

// TestReadOnlyFolder says in plain words that the folder cannot be written to, as when it is mounted so; the log says
// what the system said.
func TestReadOnlyFolder(t *testing.T) {
	h := newHouse(t, clinic, nil)
	for _, why := range []error{syscall.EROFS, fs.ErrPermission} {
		err := fmt.Errorf("change visits.md: %w", &fs.PathError{Op: "open", Path: ".frontdesk-x.tmp", Err: why})
		if got := h.reason(err); !strings.Contains(got, "may not write to the knowledge folder") || strings.Contains(got, ".tmp") {
			t.Errorf("reason(%v) = %q", err, got)
		}
	}
	if logged := h.logs.FilterMessage("a change from the console failed").Len(); logged != 2 {
		t.Errorf("%d of 2 faults are in the log", logged)
	}
}
