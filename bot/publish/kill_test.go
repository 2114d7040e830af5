package publish

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/knowledge/versions"
)

// victimEnv makes the test binary a program that publishes and brings back until it is killed, over the folder that it
// names. victimLight leaves out the index, so that more of the time goes into files.
const (
	victimEnv   = "FRONTDESK_PUBLISH_VICTIM"
	victimLight = "FRONTDESK_PUBLISH_LIGHT"
)

// noGolden is a list without a question: asking would take most of the time.
const noGolden = "question\tsection\n"

// The points at which it is killed.
const (
	heavyKills = 12 // with the index: also while it starts
	lightKills = 38 // without
	killSeed   = 20261123
)

// saving is the victim's word for playing staff, who change several files one by one.
const saving = "saving"

func beVictim() {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := publishForEver(ctx, os.Getenv(victimEnv), os.Getenv(victimLight) != ""); err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func publishForEver(ctx context.Context, dir string, light bool) error {
	articles := filepath.Join(dir, "articles")
	store, err := versions.Open(filepath.Join(dir, "versions"), 5)
	if err != nil {
		return err
	}
	p := New(Config{Path: articles, Versions: store}, zap.NewNop())
	fmt.Println("begun")
	if !light {
		if _, err := p.Start(ctx); err != nil {
			return err
		}
		fmt.Println("started")
	}
	for n := os.Getpid() * 1000; ctx.Err() == nil; n++ {
		fmt.Println(saving)
		if err := save(articles, n); err != nil {
			return err
		}
		fmt.Println("saved")
		if light {
			err = keepAndBring(ctx, store, articles, p.config.Load)
		} else if p.Reload(ctx); n%2 == 1 {
			_, err = p.Rollback(ctx, "-1", "victim")
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// keepAndBring does to files what publishing and bringing back does.
func keepAndBring(ctx context.Context, store *versions.Store, articles string, load Loader) error {
	f, err := ReadPath(articles, load)
	if err != nil {
		return err
	}
	if _, err := store.Keep(f.FS, versions.Version{Files: f.Files}); err != nil {
		return err
	}
	back, err := store.Find("-1")
	if err != nil {
		return nil // the first
	}
	_, err = Bring(ctx, store, articles, load, versions.Approval{ID: back.ID, At: time.Now()})
	return err
}

// save changes three files as an editor does, one after the other, each whole.
func save(articles string, n int) error {
	for name, text := range victimFiles(n) {
		temp := filepath.Join(articles, "."+name+".swp")
		if err := os.WriteFile(temp, []byte(text), 0o644); err != nil {
			return err
		}
		if err := os.Rename(temp, filepath.Join(articles, name)); err != nil {
			return err
		}
	}
	if n%3 > 0 {
		return nil
	}
	if err := os.Remove(filepath.Join(articles, "extra.md")); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

func victimFiles(n int) map[string]string {
	return map[string]string{"visits.md": visits(fmt.Sprintf("at place %d", n)), "extra.md": fmt.Sprintf("# Extra\n\n## What else?\n\nNumber %d.\n", n),
		"costs.md": fmt.Sprintf("# Costs\n\n## What does it cost? {#cost}\n\nIt costs %d dollars.\n", n)}
}

// regexpOf matches a file that differs from a whole one by numbers only.
func regexpOf(whole string) *regexp.Regexp {
	return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(whole), " 0", ` [0-9]+`) + "$")
}

func TestKilledAtAnyMoment(t *testing.T) {
	random := rand.New(rand.NewPCG(killSeed, 0))
	for i := range heavyKills + lightKills {
		light := i >= heavyKills
		after, wait := "begun", time.Duration(random.IntN(60))*time.Millisecond
		if !light && i%4 > 0 {
			after, wait = "started", time.Duration(random.IntN(400))*time.Millisecond
		}
		t.Run(fmt.Sprintf("%d %s and %v", i, after, wait), func(t *testing.T) {
			t.Parallel()
			kill(t, light, after, wait, i%4 == 0)
		})
	}
}

func kill(t *testing.T, light bool, after string, wait time.Duration, breakAfter bool) {
	dir := t.TempDir()
	articles := filepath.Join(dir, "articles")
	if err := os.MkdirAll(articles, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"desk.yaml": deskYAML, "questions.tsv": noGolden} {
		if err := os.WriteFile(filepath.Join(articles, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := save(articles, 0); err != nil {
		t.Fatal(err)
	}
	last := killVictim(t, dir, light, after, wait)
	filesAreWhole(t, articles)
	versionsAreWhole(t, dir)
	served := servesAgain(t, dir)
	filesAreWhole(t, articles)
	if numbers := numbersIn(t, articles); last != saving && len(numbers) != 1 {
		t.Errorf("after a restart, the files are of %d versions: %v; the program was killed after %q", len(numbers), numbers, last)
	}
	if breakAfter {
		servesWhenBroken(t, dir, served)
	}
}

// numbersIn returns the versions that the folder's files are of.
func numbersIn(t *testing.T, articles string) map[string]bool {
	t.Helper()
	numbers := map[string]bool{}
	for name := range victimFiles(0) {
		data, err := os.ReadFile(filepath.Join(articles, name))
		if err != nil && name != "extra.md" {
			t.Error(err)
		}
		for _, number := range regexp.MustCompile(` (\d+)`).FindAllString(string(data), 1) {
			numbers[number] = true
		}
	}
	return numbers
}

// killVictim starts a victim, and kills it some time after it says a word. It returns its last word.
func killVictim(t *testing.T, dir string, light bool, after string, wait time.Duration) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	victim := exec.Command(self, "-test.run=^$")
	victim.Env = append(os.Environ(), victimEnv+"="+dir)
	if light {
		victim.Env = append(victim.Env, victimLight+"=1")
	}
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewScanner(out)
	words := []string{""}
	for said.Scan() && said.Text() != after {
		words = append(words, said.Text())
	}
	moment := time.NewTimer(wait)
	<-moment.C
	if err := victim.Process.Kill(); err != nil {
		t.Errorf("kill: %v", err)
	}
	for said.Scan() {
		words = append(words, said.Text())
	}
	err = victim.Wait()
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.Exited() {
		t.Fatalf("the program ended by itself: %v, %s", err, words)
	}
	return words[len(words)-1]
}

// filesAreWhole wants every file that staff see to be one that somebody saved.
func filesAreWhole(t *testing.T, articles string) {
	t.Helper()
	for name, whole := range victimFiles(0) {
		data, err := os.ReadFile(filepath.Join(articles, name))
		if errors.Is(err, os.ErrNotExist) && name == "extra.md" {
			continue // staff remove it now and then
		}
		if err != nil {
			t.Errorf("after the kill, a file is missing: %v", err)
			continue
		}
		if pattern := regexpOf(whole); !pattern.MatchString(string(data)) {
			t.Errorf("after the kill, %s says %q", name, data)
		}
	}
	for name, whole := range map[string]string{"desk.yaml": deskYAML, "questions.tsv": noGolden} {
		if data, err := os.ReadFile(filepath.Join(articles, name)); err != nil || string(data) != whole {
			t.Errorf("after the kill, %s says %q, %v", name, data, err)
		}
	}
}

// versionsAreWhole wants all that was kept to be readable.
func versionsAreWhole(t *testing.T, dir string) {
	t.Helper()
	store, err := versions.Open(filepath.Join(dir, "versions"), 5)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	problems, err := store.Problems()
	if err != nil || len(problems) > 0 {
		t.Errorf("Problems() = %v, %v after a kill", problems, err)
	}
	all, err := store.List()
	if err != nil {
		t.Errorf("List() = %v after a kill", err)
	}
	load := New(Config{}, zap.NewNop()).config.Load
	for _, v := range all {
		if _, err := readKept(store, v.ID, load); err != nil {
			t.Errorf("a version that was kept cannot be read after a kill: %v", err)
		}
	}
}

// restart starts anew over what a kill left behind.
func restart(t *testing.T, dir string) (*Publisher, *versions.Store) {
	t.Helper()
	store, err := versions.Open(filepath.Join(dir, "versions"), 5)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	p := New(Config{Path: filepath.Join(dir, "articles"), Versions: store}, zap.NewNop())
	live, err := p.Start(t.Context())
	if err != nil {
		t.Fatalf("Start() after a kill = %v", err)
	}
	t.Cleanup(func() { closeLive(live) })
	return p, store
}

// servesAgain wants what is in the folder to be served.
func servesAgain(t *testing.T, dir string) (id string) {
	t.Helper()
	p, store := restart(t, dir)
	s := p.Status()
	if s.Fallback != "" || s.Pinned {
		t.Errorf("after a kill, the files do not serve: %s", s.Fallback)
	}
	if r, under := store.Restoring(); under {
		t.Errorf("Restoring() = %v after a restart", r)
	}
	f, err := ReadPath(p.config.Path, p.config.Load)
	if err != nil || f.ID != s.Serving.ID {
		t.Errorf("after a kill %s serves, want what is in the folder, %s, %v", s.Serving.ID, f.ID, err)
	}
	return s.Serving.ID
}

// servesWhenBroken wants the last good version to be served over a folder that somebody breaks.
func servesWhenBroken(t *testing.T, dir, good string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "articles", "costs.md"), []byte("---\ntitle: [unclosed\n---\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p, _ := restart(t, dir)
	if s := p.Status(); s.Serving.ID != good || !strings.Contains(s.Fallback, "error") {
		t.Errorf("over a broken folder %s serves (%s), want the last good version %s", s.Serving.ID, s.Fallback, good)
	}
}
