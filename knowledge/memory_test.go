package knowledge

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// everyFormat is a folder with a file of each format that is text, with advice on some.
func everyFormat() fstest.MapFS {
	return fstest.MapFS{
		"desk.yaml":     {Data: []byte("name: Clinic\nlang: en\ncontact: https://clinic.example/contact\n")},
		"a.md":          {Data: []byte("---\ntitle: Visits\ntags: [coming]\nsections:\n  Where?: [what place]\n  Nowhere?: [x]\n---\n\n## Where?\n\n<!-- also: which street -->\n\nHere.\n\n## When?\n\nOn Mondays, in the morning.\n")},
		"sub/b.csv":     {Data: []byte("id,question,answer,tags\nfee,How much?,Ten.,money\nfee,How much?,Eleven.,money\nnone,,,\n")},
		"old.html":      {Data: []byte("<html><body><h1>Bus</h1><h2>Which bus?</h2><p>Line 7 stops at the door of the clinic.</p></body></html>")},
		"hours.txt":     {Data: []byte("Opening hours\n\nWe are open on weekdays from nine to five, and on Saturdays until noon.\n")},
		"broken.md":     {Data: []byte("---\ntitle: [\n---\n## A\n\nB\n")},
		"phrasings.tsv": {Data: []byte("are you far away\tvisits#where\nwhich place\ta#where\nhow much is it\tfee\n")},
	}
}

// TestMemory loads a folder that changes, and wants what Load makes of it each time.
func TestMemory(t *testing.T) {
	folder, contact := everyFormat(), Handoff{URL: "https://clinic.example"}
	var m Memory
	same := func(step string) {
		t.Helper()
		base, problems := m.Load(folder, contact)
		wantBase, wantProblems := Load(folder, contact)
		if !reflect.DeepEqual(base, wantBase) || !reflect.DeepEqual(problems, wantProblems) {
			t.Errorf("%s: Load() = %+v, %v\nwant %+v, %v", step, base, problems, wantBase, wantProblems)
		}
	}
	same("at first")
	same("again")
	folder["desk.yaml"] = &fstest.MapFile{Data: []byte("name: Clinic\nlang: es\ncontact: https://clinic.example/other\n")}
	same("with other settings")
	delete(folder, "phrasings.tsv")
	same("without phrasings")
	folder["b.md"] = folder["a.md"]
	same("with a copy under another name")
	folder["a.md"] = &fstest.MapFile{Data: []byte("## Where?\n\nThere.\n")}
	same("with a change")
	delete(folder, "broken.md")
	same("mended")
}

// TestMemoryForgets keeps no more than the last loads needed.
func TestMemoryForgets(t *testing.T) {
	folder := everyFormat()
	var m Memory
	for n := range 20 {
		folder["a.md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "## Where?\n\nIn room %d.\n", n)}
		m.Load(folder, Handoff{})
	}
	if most := 5 + 1 + forgotten; len(m.files) > most {
		t.Errorf("%d files are remembered, want at most %d", len(m.files), most)
	}
}

func TestMemoryOfMany(t *testing.T) {
	folder := everyFormat()
	want, _ := Load(folder, Handoff{})
	var m Memory
	var work sync.WaitGroup
	for range 8 {
		work.Go(func() {
			for range 5 {
				if base, _ := m.Load(folder, Handoff{}); !reflect.DeepEqual(base, want) {
					t.Errorf("Load() = %+v, want %+v", base, want)
				}
			}
		})
	}
	work.Wait()
}

// BenchmarkMemory loads 10,000 sections in 200 files, of which one changes each time.
func BenchmarkMemory(b *testing.B) {
	folder := fstest.MapFS{"desk.yaml": {Data: []byte("name: Clinic\nlang: en\ncontact: https://clinic.example/contact\n")}}
	article := func(a int, how string) *fstest.MapFile {
		var s strings.Builder
		for i := range 50 {
			fmt.Fprintf(&s, "## How does thing %d of machine %d work?\n\nThing number %d works by %s wheel %d slowly.\n\nThen rest for a while, and call us again tomorrow.\n\n", i, a, i, how, a)
		}
		return &fstest.MapFile{Data: []byte(s.String())}
	}
	for a := range 200 {
		folder[fmt.Sprintf("a%03d.md", a)] = article(a, "turning")
	}
	loads := map[string]func() Base{
		"anew": func() Base { base, _ := Load(folder, Handoff{}); return base },
		"remembered": func() func() Base {
			var m Memory
			return func() Base { base, _ := m.Load(folder, Handoff{}); return base }
		}(),
	}
	for _, name := range []string{"anew", "remembered"} {
		b.Run(name, func(b *testing.B) {
			for n := 0; b.Loop(); n++ {
				folder["a100.md"] = article(100, fmt.Sprint("pushing ", n))
				if base := loads[name](); len(base.Sections()) != 10_000 {
					b.Fatalf("Load() = %d sections", len(base.Sections()))
				}
			}
		})
	}
}
