package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/zap"

	"frontdesk/knowledge"
	"frontdesk/knowledge/filetree"
	"frontdesk/knowledge/versions"
)

func TestStart(t *testing.T) {
	const broken = "---\ntitle: [unclosed\n---\n"
	for _, c := range []struct {
		name     string
		meddle   func(o *office) // while the program does not run
		parks    string
		fallback string // why an earlier version serves; empty when it does not
	}{
		{"as it was", func(o *office) {}, "behind the house", ""},
		{"changed while it was off", func(o *office) { o.write("visits.md", visits("on the roof")) }, "on the roof", ""},
		{"broken while it was off", func(o *office) { o.write("visits.md", broken) }, "behind the house", "errors"},
		{"an answer lost while it was off", func(o *office) { o.write("visits.md", "## Other {#dogs}\n\nText.\n") }, "behind the house", "golden question"},
		{"an answer lost, and that approved", func(o *office) {
			o.write("visits.md", strings.Replace(visits("on the roof"), "#parking", "#cars", 1))
			f, err := ReadPath(o.dir, o.config.Load)
			if err == nil {
				err = o.store.Approve(versions.Approval{ID: f.ID, Author: "Anna", Reason: "cars, not parking"})
			}
			if err != nil {
				o.t.Fatal(err)
			}
		}, "on the roof", ""},
		{"the folder gone", func(o *office) {
			if err := os.RemoveAll(o.dir); err != nil {
				o.t.Fatal(err)
			}
		}, "behind the house", "cannot be read"},
		{"the newest version damaged too", func(o *office) {
			o.write("visits.md", visits("on the roof"))
			o.start()
			damageNewest(o)
			o.write("visits.md", broken)
		}, "behind the house", "errors"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t, usual()).start()
			c.meddle(o)
			o.start()
			o.parks("restarted", c.parks)
			s := o.Status()
			if (s.Fallback != "") != (c.fallback != "") || !strings.Contains(s.Fallback, c.fallback) {
				t.Errorf("Status().Fallback = %q, want %q", s.Fallback, c.fallback)
			}
			if loud := o.logs.FilterMessage("the files are not served; a version that was kept is").Len(); (loud > 0) != (c.fallback != "") {
				t.Errorf("the log says %d times that an earlier version serves", loud)
			}
		})
	}
}

// damageNewest spoils the content of visits.md in the version that was kept last.
func damageNewest(o *office) {
	o.t.Helper()
	all, err := o.store.List()
	if err != nil {
		o.t.Fatal(err)
	}
	for _, f := range all[0].Files {
		if f.Name == "visits.md" {
			if err := os.WriteFile(filepath.Join(o.data, "versions", "objects", f.SHA256[:2], f.SHA256), []byte("rot"), 0o644); err != nil {
				o.t.Fatal(err)
			}
		}
	}
}

// TestTheFirstStart has no earlier version to go back to.
func TestTheFirstStart(t *testing.T) {
	for _, c := range []struct {
		name   string
		files  map[string]string
		want   error
		faults int
	}{
		{"good files", usual(), nil, 0},
		{"no article", map[string]string{"desk.yaml": deskYAML}, ErrNoArticle, 0},
		{"no contact", map[string]string{"visits.md": visits("here")}, ErrNoContact, 0},
		{"some files broken", map[string]string{"desk.yaml": deskYAML, "visits.md": visits("here"), "bad.md": "---\ntitle: [unclosed\n---\n"}, nil, 1},
		{"no article that can be read", map[string]string{"desk.yaml": deskYAML, "bad.md": "---\ntitle: Be\n\nText.\n"}, ErrNoArticle, 0},
		{"a contact that cannot be read", map[string]string{"desk.yaml": deskYAML + "greeting: [broken\n", "visits.md": visits("here")}, ErrNoContact, 0},
		{"a golden question fails", map[string]string{"desk.yaml": deskYAML, "visits.md": visits("here"), "questions.tsv": "Is there a pool?\tparking\n"}, nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := newOffice(t, c.files)
			if err := o.try(); !errors.Is(err, c.want) {
				t.Fatalf("Start() = %v, want %v", err, c.want)
			}
			if o.Faults() != c.faults {
				t.Errorf("Faults() = %d, want %d", o.Faults(), c.faults)
			}
			all, err := o.store.List()
			if kept := c.want == nil && c.faults == 0; err != nil || (len(all) == 1) != kept {
				t.Errorf("the store holds %v, %v; kept: want %v", all, err, kept)
			}
		})
	}
	o := newOffice(t, nil)
	o.dir = filepath.Join(o.dir, "nowhere")
	if err := o.try(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Start() without a folder = %v, want fs.ErrNotExist", err)
	}
}

// TestAStartThatErrorsKeepFrom names the errors, not only what is missing for them.
func TestAStartThatErrorsKeepFrom(t *testing.T) {
	for _, c := range []struct {
		name   string
		files  map[string]string
		faults []knowledge.Position
	}{
		{"no article", map[string]string{"desk.yaml": deskYAML, "bad.md": "---\ntitle: Be\n\nText.\n"}, []knowledge.Position{{File: "bad.md", Line: 1}}},
		{"no contact", map[string]string{"desk.yaml": "contact: https://clinic.example\n\n\nname: [broken\n", "visits.md": visits("here")},
			[]knowledge.Position{{File: "desk.yaml", Line: 4}}},
		{"no contact, and a fault elsewhere", map[string]string{"visits.md": visits("here"), "bad.md": "---\ntitle: Be\n\nText.\n"},
			[]knowledge.Position{{File: "bad.md", Line: 1}}},
		{"nothing at all", map[string]string{"desk.yaml": deskYAML}, nil},
		{"no contact in good files", map[string]string{"visits.md": visits("here")}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := newOffice(t, c.files).try()
			var at []knowledge.Position
			if unfit, ok := errors.AsType[UnfitError](err); ok {
				for _, p := range unfit.Faults {
					at = append(at, p.Source)
				}
			}
			if err == nil || !slices.Equal(at, c.faults) {
				t.Errorf("Start() = %v with faults at %v, want %v", err, at, c.faults)
			}
		})
	}
}

// TestAStartOverFilesWithErrors has no version before, so nothing may say that one serves.
func TestAStartOverFilesWithErrors(t *testing.T) {
	o := newOffice(t, map[string]string{"desk.yaml": deskYAML, "visits.md": visits("here"), "bad.md": "---\ntitle: [unclosed\n---\n"}).start()
	o.parks("started", "here")
	if e := o.kinds("started", Refused); !e.Partly || !strings.Contains(e.String(), "What can be read of them answers") {
		t.Errorf("staff are told %q", e)
	}
	if n := o.logs.FilterMessage("problem in the knowledge; what can be read is served").Len(); n != 1 {
		t.Errorf("the log says %d times that what can be read is served, want once", n)
	}
	o.write("visits.md", visits("on the roof"))
	o.Reload(t.Context())
	o.parks("changed", "here")
	if e := o.kinds("changed", Refused); e.Partly || !strings.Contains(e.String(), "The version before goes on answering") {
		t.Errorf("of a change, staff are told %q", e)
	}
}

func TestKnowledgeOfTheProgramsOwn(t *testing.T) {
	files := filetree.Of(map[string][]byte{"desk.yaml": []byte(deskYAML), "visits.md": []byte(visits("here"))})
	p := New(Config{Files: files}, zap.NewNop())
	live, err := p.Start(t.Context())
	if err != nil {
		t.Fatalf("Start() = %v", err)
	}
	defer closeLive(live)
	if err := p.Run(t.Context()); err != nil {
		t.Errorf("Run() = %v", err)
	}
	if s := p.Reload(t.Context()); !p.ReadOnly() || s.Serving.Sections != 2 || s.Fallback != "" {
		t.Errorf("Reload() = %+v", s)
	}
	if _, err := p.Rollback(t.Context(), "-1", ""); err == nil {
		t.Error("Rollback() of knowledge that does not change = nil")
	}
}

// TestPinned brings a version back where its file cannot be written: a folder stands in its place.
func TestPinned(t *testing.T) {
	o := newOffice(t, usual())
	o.write("extra.md", "# Extra\n\n## What else?\n\nThis.\n")
	o.start()
	first := o.Status().Serving.ID
	o.remove("extra.md")
	o.write("visits.md", visits("on the roof"))
	o.Reload(t.Context())
	o.write("extra.md/in the way.md", "# In the way\n\n## What is in the way?\n\nThis.\n")
	o.Reload(t.Context())
	o.told()
	onDisk := o.file("visits.md")
	s, err := o.Rollback(t.Context(), first, "Ben")
	if err != nil || !s.Pinned || s.Serving.ID != first || s.Fallback == "" {
		t.Fatalf("Rollback() = %+v, %v, want the first version to be pinned", s, err)
	}
	o.parks("pinned", "behind the house")
	if e := o.kinds("pinned", Back); !e.Pinned || !strings.Contains(e.String(), "until they change") {
		t.Errorf("Event.String() = %q", e)
	}
	if o.file("visits.md") != onDisk {
		t.Error("some files were put back, and others were not")
	}
	o.Reload(t.Context())
	o.kinds("nothing new")
	o.start()
	o.parks("restarted", "behind the house")
	if s := o.Status(); !s.Pinned {
		t.Errorf("after a restart the status is %+v, want the pin", s)
	}
	o.kinds("restarted")
	o.write("visits.md", visits("in the yard"))
	if s := o.Reload(t.Context()); s.Pinned || s.Fallback != "" {
		t.Errorf("once the files change, the status is %+v", s)
	}
	o.parks("changed", "in the yard")
	if _, pinned := o.store.Pinned(); pinned {
		t.Error("the pin outlives the change")
	}
}

func TestReadTakesWhatCounts(t *testing.T) {
	o := newOffice(t, usual())
	for name, text := range map[string]string{
		"README.md": "This folder holds our articles, and this is no article.\n", "notes.xyz": "x", ".git/HEAD": "x", "sub/more.csv": "id,question,answer\nq,Why?,Because.\n",
		"crisis.yaml": "lang: en\nrules: []\n",
	} {
		o.write(name, text)
	}
	f, err := ReadPath(o.dir, New(Config{}, zap.NewNop()).config.Load)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range f.Files {
		names = append(names, file.Name)
	}
	if got, want := strings.Join(names, " "), "crisis.yaml desk.yaml questions.tsv sub/more.csv visits.md"; got != want {
		t.Errorf("Read() takes %q, want %q", got, want)
	}
	if f.Files[3].Sections != 1 || f.Files[4].Sections != 2 || len(f.Golden) != 2 {
		t.Errorf("Read() = %+v with %d golden questions", f.Files, len(f.Golden))
	}
}
