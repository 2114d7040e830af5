package console

import (
	"context"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"frontdesk/index/lint"
	"frontdesk/knowledge"
)

// An adviser has what serves looked over for what could be better. That takes seconds in a large folder, so that it is
// done in the background once somebody opens a page that shows it.
type adviser struct {
	wanted chan struct{} // holds something when there is something to look over
	known  atomic.Pointer[counsel]
}

// A counsel is what was found in one version, on one day: some advice is about dates.
type counsel struct {
	of       string
	findings []lint.Finding
}

// Run looks over what serves whenever somebody wants to see what could be better, and reads the journal anew for pages that
// were looked at a moment ago, until ctx ends. The error is always nil.
func (c *Console) Run(ctx context.Context) error {
	var work sync.WaitGroup
	work.Go(func() { c.advise(ctx) })
	work.Go(func() { c.doChores(ctx) })
	work.Wait()
	return nil
}

// advise looks over what serves when it is asked to, until ctx ends.
func (c *Console) advise(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.adviser.wanted:
		}
		if of := c.occasion(); !c.adviser.knows(of) {
			if err := c.lookOver(ctx, of); err != nil && ctx.Err() == nil {
				c.log.Error("look over the knowledge", zap.Error(err))
			}
		}
	}
}

func (a *adviser) knows(of string) bool {
	known := a.known.Load()
	return known != nil && known.of == of
}

// occasion names what advice is about: the version that serves, and the day.
func (c *Console) occasion() string {
	return c.config.Publisher.Status().Serving.ID + " " + c.today().Format(time.DateOnly)
}

// mostAsked is how many sections there may be for the index to be asked all of their questions: in a larger folder that would
// keep the machine from answering people.
const mostAsked = 1000

// lookOver finds what could be better in what serves.
func (c *Console) lookOver(ctx context.Context, of string) error {
	files, ok := c.servedFiles()
	if !ok {
		return nil
	}
	s, release := c.config.Live.Acquire()
	defer release()
	if len(s.Base().Sections()) > mostAsked {
		c.adviser.known.Store(&counsel{of, lint.Read(s.Base(), files, c.config.Now())})
		return nil
	}
	found, err := lint.Run(ctx, s, files, c.config.Now(), c.config.Policy.Outright)
	if err != nil {
		return err
	}
	c.adviser.known.Store(&counsel{of, found})
	return nil
}

// servedFiles are the files that serve, or else the folder as it is; false where there is neither.
func (c *Console) servedFiles() (fs.FS, bool) {
	if c.config.Versions != nil {
		if files, err := c.config.Versions.FS(c.config.Publisher.Status().Serving.ID); err == nil {
			return files, true
		}
	}
	if !c.editable() {
		return nil, false
	}
	return c.config.Book.FS(), true
}

// advice is what could be better, as a page shows it.
type advice struct {
	Findings []finding
	More     int  // that are not shown
	Waiting  bool // it is being worked out
}

// A finding is one piece of advice with the place in the section's form that it is about.
type finding struct {
	lint.Finding
	Field string // of the form: title, body or phrasings; empty when it is about none
	Row   int    // of the field, from 0
	Here  bool   // its section is the one that is open
}

// maxAdvice is how much advice one page shows.
const maxAdvice = 50

// advice returns what could be better in what serves, as far as about wants it.
func (c *Console) advice(about func(lint.Finding) bool) advice {
	if _, ok := c.servedFiles(); !ok {
		return advice{}
	}
	known := c.adviser.known.Load()
	if of := c.occasion(); known == nil || known.of != of {
		select {
		case c.adviser.wanted <- struct{}{}:
		default: // it is about to be looked over
		}
		return advice{Waiting: true}
	}
	var a advice
	for _, f := range known.findings {
		switch {
		case !about(f):
		case len(a.Findings) == maxAdvice:
			a.More++
		default:
			a.Findings = append(a.Findings, finding{Finding: f})
		}
	}
	return a
}

// adviceOnFile is what could be better in one file.
func (c *Console) adviceOnFile(name string) advice {
	return c.advice(func(f lint.Finding) bool { return f.Source.File == name })
}

// adviceBeside counts advice by file, and returns what is about no article.
func (c *Console) adviceBeside(articles []shelf) (byFile map[string]int, rest advice) {
	byFile = map[string]int{}
	files := map[string]bool{}
	for _, a := range articles {
		files[a.Source.File] = true
	}
	rest = c.advice(func(f lint.Finding) bool {
		byFile[f.Source.File]++
		return !files[f.Source.File]
	})
	return byFile, rest
}

// adviceOn is what could be better in a section, with the places in its form.
func (c *Console) adviceOn(s knowledge.Section, d draft) advice {
	a := c.advice(func(f lint.Finding) bool { return f.Section == s.ID })
	if len(a.Findings) == 0 {
		return a
	}
	var lines []string
	if files, ok := c.servedFiles(); ok {
		data, _ := fs.ReadFile(files, s.Source.File) // without it, advice is about the section as a whole
		lines = strings.Split(string(data), "\n")
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		f.Here = true
		f.Field, f.Row = fieldOf(f.Finding, s, d, lines)
	}
	return a
}

// fieldOf returns the field of a section's form that a finding is about, and the row in it. lines are those of the file.
func fieldOf(f lint.Finding, s knowledge.Section, d draft, lines []string) (field string, row int) {
	phrasings := strings.Split(d.Phrasings, "\n")
	for i, p := range phrasings {
		if p = strings.TrimSpace(p); p != "" && strings.Contains(f.Text, strconv.Quote(p)) {
			return "phrasings", i
		}
	}
	if f.Source.Line == s.Source.Line {
		return "title", 0
	}
	if n := f.Source.Line; n > 0 && n <= len(lines) && strings.TrimSpace(lines[n-1]) != "" {
		same := func(row string) bool { return strings.TrimSpace(row) == strings.TrimSpace(lines[n-1]) }
		if i := slices.IndexFunc(strings.Split(d.Body, "\n"), same); i >= 0 {
			return "body", i
		}
	}
	return "", 0
}
