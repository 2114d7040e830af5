package publish

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/zap"

	"frontdesk/knowledge/versions"
)

// BenchmarkFolder prints how long a saved file, and bringing a version back, take over 10,000 sections in 200 files: from
// reading the folder to the swap, with the version kept.
func BenchmarkFolder(b *testing.B) {
	dir := b.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	article := func(a int, how string) string {
		var s strings.Builder
		fmt.Fprintf(&s, "---\ntitle: Article %d\nlang: en\n---\n", a)
		for i := range 50 {
			fmt.Fprintf(&s, "\n## How does thing %d of machine %d work?\n\nThing number %d works by %s wheel %d slowly.\n\nThen rest for a while, and call us again tomorrow when the office is open.\n", i, a, i, how, a)
		}
		return s.String()
	}
	write("desk.yaml", deskYAML)
	for a := range 200 {
		write(fmt.Sprintf("a%03d.md", a), article(a, "turning"))
	}
	store, err := versions.Open(filepath.Join(b.TempDir(), "versions"), 0)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	p := New(Config{Path: dir, Versions: store}, zap.NewNop())
	live, err := p.Start(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		s, release := live.Acquire()
		release()
		s.Close()
	}()
	changes := 0
	b.Run("save", func(b *testing.B) {
		for b.Loop() {
			changes++
			write("a100.md", article(100, fmt.Sprintf("pushing %d times", changes)))
			if s := p.Reload(b.Context()); s.Fallback != "" || s.Serving.Sections != 10_000 {
				b.Fatalf("Reload() = %+v", s)
			}
		}
	})
	b.Run("rollback", func(b *testing.B) {
		for b.Loop() {
			if s, err := p.Rollback(b.Context(), "-1", "ann"); err != nil || s.Serving.Sections != 10_000 {
				b.Fatalf("Rollback() = %+v, %v", s, err)
			}
		}
	})
}
