package publish

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"frontdesk/knowledge/filetree"
	"frontdesk/knowledge/versions"
)

func TestAGoodChangeGoesLive(t *testing.T) {
	o := newOffice(t, usual()).start()
	o.kinds("the start")
	o.write("visits.md", visits("on the roof"))
	s := o.Saved(t.Context(), "Anna", "the yard is dug up")
	o.parks("a good change", "on the roof")
	e := o.kinds("a good change", Live)
	if e.Version.ID != s.Serving.ID || e.Version.Author != "Anna" || e.Version.Sections != 2 || len(e.Version.Changes) != 1 || e.At.IsZero() {
		t.Errorf("the event says %+v, want the version that serves, Anna's, with one file", e.Version)
	}
	want := "New knowledge is live by Anna (the yard is dug up): visits.md changed (2 sections).\n2 answers read otherwise. Asked: 2 golden questions, 3 recent questions."
	if e.String() != want {
		t.Errorf("Event.String() = %q, want %q", e, want)
	}
	o.Reload(t.Context())
	o.kinds("nothing new")
	all, err := o.store.List()
	if err != nil || len(all) != 2 || all[0].Author != "Anna" {
		t.Errorf("the store holds %v, %v, want two versions, the newest Anna's", all, err)
	}
}

func TestErrorsLeaveTheLastGoodVersion(t *testing.T) {
	o := newOffice(t, usual()).start()
	o.write("visits.md", visits("on the roof"))
	o.write("costs.md", "---\ntitle: [unclosed\n---\n## A\n\nB\n")
	s := o.Reload(t.Context())
	o.parks("a broken file", "behind the house")
	e := o.kinds("a broken file", Refused)
	if len(e.Problems) != 1 || e.Problems[0].Source.String() != "costs.md:2" || len(s.Problems) != 1 || s.Fallback == "" || o.Faults() != 1 {
		t.Errorf("the event has %v, the status %+v, want the error in costs.md:2", e.Problems, s)
	}
	if !strings.Contains(e.String(), "not live: 1 error") || !strings.Contains(e.String(), "costs.md:2: error") {
		t.Errorf("Event.String() = %q, want it to say what and where", e)
	}
	o.Reload(t.Context())
	o.kinds("the same again")
	o.write("questions.tsv", golden+"no tab here\n")
	if o.Reload(t.Context()); o.Faults() != 2 {
		t.Errorf("Faults() = %d with a broken golden question too, want 2", o.Faults())
	}
	o.kinds("one more error", Refused)
	o.write("questions.tsv", golden)
	o.write("costs.md", "# Costs\n\n## What does it cost?\n\nNothing.\n")
	if s = o.Reload(t.Context()); s.Fallback != "" || o.Faults() != 0 {
		t.Errorf("mended, the status is %+v", s)
	}
	o.kinds("mended", Live)
	o.parks("mended", "on the roof")
	o.write("desk.yaml", "name: Clinic\n")
	o.Reload(t.Context())
	if e := o.kinds("nobody to turn to", Refused); e.Problems[0].Source.File != "desk.yaml" {
		t.Errorf("without a contact, staff are told %v", e.Problems)
	}
}

// TestTheGateHoldsBack goes the way of a change that breaks a golden question, to its end by force.
func TestTheGateHoldsBack(t *testing.T) {
	ctx := t.Context()
	o := newOffice(t, usual()).start()
	o.write("visits.md", "# Visits\n\n## May I bring my dog? {#dogs}\n\nYes, on a lead.\n")
	s := o.Reload(ctx)
	o.parks("a lost answer", "behind the house")
	e := o.kinds("a lost answer", Blocked)
	r := e.Report
	if s.Blocked == nil || len(r.Broken) != 1 || !r.Broken[0].Blocks || r.Broken[0].Source.String() != "questions.tsv:2" || r.Lost < 2 || o.Faults() != 1 {
		t.Fatalf("the report is %+v, want the golden question at questions.tsv:2 to break and two questions or more to lose their answer", r)
	}
	for _, want := range []string{"held back", "lose theirs", "1 golden question breaks", `questions.tsv:2: "Where can I park?" wants parking`, `"is there parking": parking`} {
		if !strings.Contains(e.String(), want) {
			t.Errorf("Event.String() has no %q:\n%s", want, e)
		}
	}
	o.Reload(ctx)
	o.kinds("the same again")

	o.write("visits.md", "# Visits\n\n## May I bring my dog? {#dogs}\n\nYes, on a short lead.\n")
	if _, err := o.Publish(ctx, r.Version, "Anna", "no more cars"); !errors.Is(err, ErrChanged) {
		t.Errorf("Publish() of what was saved since the report = %v, want a refusal", err)
	}
	e = o.kinds("another lost answer", Blocked)
	if _, err := o.Publish(ctx, r.Version, "Anna", "no more cars"); !errors.Is(err, ErrChanged) {
		t.Errorf("Publish() of a report that was overtaken = %v, want a refusal", err)
	}
	s, err := o.Publish(ctx, e.Report.Version, "Anna", "no more cars")
	if err != nil || s.Blocked != nil || !s.Serving.Forced || s.Serving.Author != "Anna" || s.Serving.Reason != "no more cars" {
		t.Errorf("Publish() = %+v, %v, want it live, by force", s, err)
	}
	if strings.Contains(o.parking(), "behind") {
		t.Error("what was forced is not live")
	}
	o.kinds("forced", Live)

	o.write("visits.md", visits("behind the house"))
	o.Reload(ctx)
	o.kinds("mended", Live)
	o.write("visits.md", "# Visits\n\n## May I bring my dog? {#dogs}\n\nYes, on a short lead.\n")
	o.Reload(ctx)
	o.kinds("what was forced once is asked about again", Blocked)
}

// TestInOrderAgain tells staff who put the files back that all is well again, once.
func TestInOrderAgain(t *testing.T) {
	o := newOffice(t, usual()).start()
	o.write("costs.md", "---\ntitle: [unclosed\n---\n## A\n\nB\n")
	o.Reload(t.Context())
	o.kinds("a broken file", Refused)
	o.remove("costs.md")
	s := o.Reload(t.Context())
	if e := o.kinds("the broken file is gone", InOrder); s.Fallback != "" || e.Version.ID != s.Serving.ID || !strings.Contains(e.String(), "in order again") {
		t.Errorf("the event is %+v, the status %+v", e, s)
	}
	o.write("visits.md", "# Visits\n\n## May I bring my dog? {#dogs}\n\nYes, on a lead.\n")
	o.Reload(t.Context())
	o.kinds("a lost answer", Blocked)
	o.write("visits.md", visits("behind the house"))
	o.Reload(t.Context())
	o.kinds("the answer is back", InOrder)
	o.Reload(t.Context())
	o.kinds("nothing new")
}

func TestAGateThatWarns(t *testing.T) {
	files := usual()
	files["desk.yaml"] += "gate: warn\n"
	o := newOffice(t, files).start()
	o.write("visits.md", "# Visits\n\n## May I bring my dog? {#dogs}\n\nYes, on a lead.\n")
	s := o.Reload(t.Context())
	e := o.kinds("a lost answer", Live)
	if e.Report.Blocks || len(e.Report.Broken) != 1 || s.Serving.Forced || !strings.Contains(e.String(), "1 golden question breaks") {
		t.Errorf("staff are told %s, want the golden question that breaks", e)
	}
}

func TestRecentQuestionsAloneOnlyWarn(t *testing.T) {
	files := usual()
	delete(files, "questions.tsv")
	o := newOffice(t, files).start()
	o.write("visits.md", "# Visits\n\n## May I bring my dog? {#dogs}\n\nYes, on a lead.\n")
	o.Reload(t.Context())
	if e := o.kinds("a lost answer", Live); e.Report.Lost != 1 || e.Report.Golden != 0 || e.Report.Recent != 3 {
		t.Errorf("the report is %+v, want one of three recent questions to lose its answer", e.Report)
	}
}

func TestAGoldenQuestionThatIsNew(t *testing.T) {
	o := newOffice(t, usual()).start()
	o.write("questions.tsv", golden+"Is there a pool?\tparking\n")
	o.Reload(t.Context())
	e := o.kinds("a new row that fails", Blocked)
	if b := e.Report.Broken; len(b) != 1 || !b[0].New || !strings.Contains(e.String(), "the row is new") {
		t.Errorf("the report is %s", e)
	}
	if _, err := o.Publish(t.Context(), e.Report.Version, "Anna", "the pool is being dug"); err != nil {
		t.Fatalf("Publish() = %v", err)
	}
	o.told()
	o.write("visits.md", visits("on the roof"))
	o.Reload(t.Context())
	e = o.kinds("a change beside a row that failed before", Live)
	if b := e.Report.Broken; len(b) != 1 || b[0].Blocks || !strings.Contains(e.String(), "fails already") {
		t.Errorf("the report is %s, want the row that fails already", e)
	}
}

func TestRollback(t *testing.T) {
	ctx := t.Context()
	o := newOffice(t, usual())
	o.write("photo.jpg", "not knowledge")
	o.start()
	first := o.Status().Serving.ID
	o.write("visits.md", visits("on the roof"))
	o.write("more/costs.md", "# Costs\n\n## What does it cost?\n\nNothing.\n")
	o.Reload(ctx)
	o.write("visits.md", "# Visits\n\n## May I bring my dog? {#dogs}\n\nOnly small ones.\n") // held back, and yet not to be lost
	o.Reload(ctx)
	o.kinds("two changes", Live, Blocked)
	draft := o.file("visits.md")
	s, err := o.Rollback(ctx, "-1", "Ben")
	if err != nil || s.Serving.ID != first || s.Serving.Author != "Ben" || s.Blocked != nil || s.Pinned {
		t.Fatalf("Rollback(-1) = %+v, %v, want the first version", s, err)
	}
	o.parks("brought back", "behind the house")
	if o.file("visits.md") != visits("behind the house") || o.file("photo.jpg") != "not knowledge" {
		t.Error("the folder is not as it was")
	}
	if e := o.kinds("brought back", Back); !strings.Contains(e.String(), "Version "+Short(first)+" answers again by Ben") {
		t.Errorf("Event.String() = %q", e)
	}
	all, err := o.store.List()
	if err != nil || len(all) != 4 || !all[1].Draft {
		t.Fatalf("the store holds %v, %v, want the draft too", all, err)
	}
	fsys, err := o.store.FS(all[1].ID)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Read(fsys, o.config.Load)
	if err != nil || !strings.Contains(f.Base.Articles[len(f.Base.Articles)-1].Sections[0].Body, "small") {
		t.Errorf("the draft reads %+v, %v, want %q", f.Base.Articles, err, draft)
	}
	if s, err = o.Rollback(ctx, "-1", "Ben"); err != nil {
		t.Errorf("Rollback(-1) once more = %v", err)
	}
	o.parks("back to the newer one", "on the roof")
	for id, want := range map[string]string{"-9": "not kept", "nonsense": "not kept"} {
		if _, err := o.Rollback(ctx, id, "Ben"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Rollback(%q) = %v, want %q", id, err, want)
		}
	}
	if o.start(); o.Status().Serving.ID != s.Serving.ID {
		t.Error("after a restart another version serves")
	}
	o.parks("restarted", "on the roof")
}

func TestTry(t *testing.T) {
	o := newOffice(t, usual()).start()
	draft := func(text string) Report {
		t.Helper()
		r, err := o.Try(t.Context(), filetree.Of(map[string][]byte{"desk.yaml": []byte(deskYAML), "questions.tsv": []byte(golden), "visits.md": []byte(text)}))
		if err != nil {
			t.Fatalf("Try() = %v", err)
		}
		return r
	}
	if r := draft(visits("on the roof")); r.Blocks || r.Changed != 0 || r.Golden != 2 || len(r.Files) != 1 {
		t.Errorf("Try(a good draft) = %+v", r)
	}
	if r := draft("# Visits\n\n## Other\n\nText.\n"); !r.Blocks || len(r.Broken) != 2 {
		t.Errorf("Try(a draft that breaks both) = %+v", r)
	}
	if r := draft("---\ntitle: [unclosed\n---\n"); len(Errors(r.Problems)) == 0 {
		t.Errorf("Try(a draft with an error) = %+v", r)
	}
	o.parks("drafts", "behind the house")
	o.kinds("drafts")
	s, _, err := o.Draft(t.Context(), filetree.Of(map[string][]byte{"desk.yaml": []byte(deskYAML), "a.md": []byte(visits("on the moon"))}))
	if err != nil || s == nil {
		t.Fatalf("Draft() = %v, %v", s, err)
	}
	if got := s.Base().Sections()[0].Body; !strings.Contains(got, "moon") {
		t.Errorf("the draft's snapshot says %q", got)
	}
	s.Close()
}

func TestWhatIsCancelledChangesNothing(t *testing.T) {
	o := newOffice(t, usual()).start()
	o.write("visits.md", visits("on the roof"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o.Reload(ctx)
	if _, err := o.Publish(ctx, "", "", ""); err == nil {
		t.Error("Publish() after its end = nil")
	}
	if _, err := o.Rollback(ctx, "-1", ""); err == nil {
		t.Error("Rollback() after its end = nil")
	}
	if _, err := o.Try(ctx, filetree.Of(map[string][]byte{"desk.yaml": []byte(deskYAML), "a.md": []byte("## A\n\nB")})); err == nil {
		t.Error("Try() after its end = nil")
	}
	o.parks("cancelled", "behind the house")
	o.kinds("cancelled")
	o.Reload(t.Context())
	o.parks("then not", "on the roof")
}

// TestACancelledReloadFreesTheLock would block every later reload, and every other program on the same store.
func TestACancelledReloadFreesTheLock(t *testing.T) {
	o := newOffice(t, usual()).start()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	o.read(ctx)
	unlock, err := o.store.Lock(ctx) // a lock that is free is taken before ctx counts
	if err != nil {
		t.Fatalf("Lock() after a reload that was cancelled = %v", err)
	}
	unlock()
}

// TestOneAtATime saves, reloads, tries and asks all at once; in the end what is in the folder serves.
func TestOneAtATime(t *testing.T) {
	o := newOffice(t, usual()).start()
	var all sync.WaitGroup
	for n := range 3 {
		all.Go(func() {
			for i := range 3 {
				o.write("visits.md", visits(fmt.Sprintf("at place %d of %d", i, n)))
				o.Reload(t.Context())
				o.Status()
			}
		})
	}
	all.Go(func() {
		for range 3 {
			if _, err := o.Try(t.Context(), filetree.Of(map[string][]byte{"desk.yaml": []byte(deskYAML), "a.md": []byte("## A\n\nB")})); err != nil {
				t.Errorf("Try() = %v", err)
			}
		}
	})
	all.Wait()
	o.write("visits.md", visits("in the end"))
	o.Reload(t.Context())
	o.parks("in the end", "in the end")
}

// TestOrdersFromOutside has another program force and bring back, while the publisher runs.
func TestOrdersFromOutside(t *testing.T) {
	o := newOffice(t, usual()).start()
	first := o.Status().Serving.ID
	ctx, cancel := context.WithCancel(t.Context())
	o.write("visits.md", "# Visits\n\n## May I bring my dog? {#dogs}\n\nYes, on a lead.\n")
	ended := make(chan error)
	go func() { ended <- o.Run(ctx) }()
	eventually(t, "the block", func() bool { return o.Status().Blocked != nil })
	if err := o.store.Approve(versions.Approval{ID: o.Status().Blocked.Version, Author: "Anna", Reason: "from the shell"}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the force", func() bool { return o.Status().Serving.Reason == "from the shell" })
	if _, err := Bring(ctx, o.store, o.dir, o.config.Load, versions.Approval{ID: first, Author: "Ben"}); err != nil {
		t.Fatalf("Bring() = %v", err)
	}
	eventually(t, "the way back", func() bool { return o.Status().Serving.ID == first })
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("Run() = %v", err)
	}
	o.parks("brought back", "behind the house")
	o.kinds("all of it", Blocked, Live, Back)
}

// TestTheFolderComesBack starts without the folder, which is made while the publisher runs.
func TestTheFolderComesBack(t *testing.T) {
	o := newOffice(t, usual()).start()
	if err := os.RemoveAll(o.dir); err != nil {
		t.Fatal(err)
	}
	o.start()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- o.Run(ctx) }()
	eventually(t, "the first look", func() bool { return o.logs.FilterMessageSnippet("cannot be followed yet").Len() == 1 })
	o.parks("without the folder", "behind the house")
	for name, text := range usual() {
		o.write(name, strings.Replace(text, "behind the house", "on the roof", 1))
	}
	eventually(t, "the folder", func() bool { return o.Status().Serving.ID != "" && o.Status().Fallback == "" })
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("Run() = %v", err)
	}
	o.parks("with the folder", "on the roof")
}

func TestWithoutAStore(t *testing.T) {
	o := newOffice(t, usual()).start()
	p := New(Config{Path: o.dir, Live: o.live}, o.log)
	if p.Reload(t.Context()); p.Status().Serving.ID == "" {
		t.Errorf("the status is %+v, want the version that the files are", p.Status())
	}
	o.write("visits.md", "# Visits\n\n## May I bring my dog? {#dogs}\n\nYes, on a lead.\n")
	if p.Reload(t.Context()); p.Status().Blocked == nil {
		t.Error("the gate is open without a store")
	}
	if s, err := p.Publish(t.Context(), p.Status().Blocked.Version, "Anna", "so be it"); err != nil || !s.Serving.Forced {
		t.Errorf("Publish() = %+v, %v", s, err)
	}
	if _, err := p.Rollback(t.Context(), "-1", "Anna"); err == nil || !strings.Contains(err.Error(), "FRONTDESK_DATA") {
		t.Errorf("Rollback() = %v, want what to do", err)
	}
}
