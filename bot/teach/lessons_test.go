package teach

import (
	"context"
	"io/fs"
	"sync"
	"testing"

	"go.uber.org/zap"

	"frontdesk/bot/journal"
	"frontdesk/bot/publish"
	"frontdesk/knowledge"
	"frontdesk/knowledge/edit"
)

// TestSavedIsNotLive teaches while another change is being published, and nobody waits for it: what is not live is not
// said to be, whether or not somebody insists, and the room that taught it hears of it later like the others.
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
		o := newOffice(t, nil)
		o.publisher = publish.New(publish.Config{Path: o.dir, Load: load}, zap.NewNop())
		live, err := o.publisher.Start(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		o.teacher.config.Publisher = o.publisher
		change, err := o.book.NewSection(edit.NewSection{File: "news.md", Title: "What is new?", Body: "This."})
		if err != nil {
			t.Fatal(err)
		}
		report, err := o.publisher.Try(t.Context(), o.book.Try(change))
		if err != nil {
			t.Fatal(err)
		}
		o.teacher.own.put(report.Version, "telegram:-100")

		hold = &sync.Once{}
		var other sync.WaitGroup
		other.Go(func() { o.publisher.Reload(context.Background()) })
		<-entered
		ctx, giveUp := context.WithCancel(t.Context())
		said := make(chan string, 1)
		go func() {
			l := lesson{question: question{"what is new", "en"}, change: change, verdict: journal.Taught, says: "It is taught."}
			said <- o.teacher.apply(ctx, o.zoe(""), l, report, because).Text
		}()
		o.until("the change is written", func() bool {
			all, err := o.book.Audit(1)
			return err == nil && len(all) == 1
		})
		giveUp()
		o.has("the reply", <-said, "It is taught.", "It is not live yet")
		if room, ok := o.teacher.own.get(report.Version); ok {
			t.Errorf("%s will not be told that it is live", room)
		}
		close(release)
		other.Wait()
		if got := o.publisher.Reload(t.Context()).Serving.ID; got != report.Version {
			t.Errorf("in the end %s serves, want %s", got, report.Version)
		}
		s, done := live.Acquire()
		done()
		s.Close()
	}
}
