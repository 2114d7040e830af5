package main

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/publish"
	"frontdesk/bot/safety"
	"frontdesk/index"
	"frontdesk/knowledge"
)

//go:embed sample
var sampleFiles embed.FS

// sample returns the knowledge that comes with the program.
func sample() fs.FS {
	sub, err := fs.Sub(sampleFiles, "sample")
	if err != nil {
		panic(err) // the path is a constant
	}
	return sub
}

// load reads the knowledge at path, a folder or a single file; empty for the sample. What staff should know is
// printed; an error-level problem is no reason to stop, since the rest can still be asked.
func (p program) load(path string) (knowledge.Base, error) {
	base, problems, err := p.read(path)
	if err != nil {
		return base, err
	}
	for _, problem := range problems {
		if problem.Level != knowledge.Notice {
			fmt.Fprintln(p.errs, problem)
		}
	}
	if len(base.Articles) == 0 {
		return base, fmt.Errorf("%q holds no article; \"frontdesk init DIR\" makes a folder to start from", path)
	}
	return base, nil
}

// read is load without a word.
func (p program) read(path string) (knowledge.Base, []knowledge.Problem, error) {
	files := sample()
	if path != "" {
		folder, closer, err := knowledge.OpenDir(path)
		if err != nil {
			return knowledge.Base{}, nil, err
		}
		defer closer.Close()
		files = folder
	}
	base, problems := p.readFiles(files)
	return base, problems, nil
}

// readFiles reads a folder of articles with all that the environment adds to it.
func (p program) readFiles(files fs.FS) (knowledge.Base, []knowledge.Problem) {
	return p.readFilesBy(knowledge.Load, files)
}

// reader returns readFiles for a program that reads a folder again and again, of which little changes in between.
func (p program) reader() publish.Loader {
	var memory knowledge.Memory
	return func(files fs.FS) (knowledge.Base, []knowledge.Problem) { return p.readFilesBy(memory.Load, files) }
}

func (p program) readFilesBy(load func(fs.FS, knowledge.Handoff) (knowledge.Base, []knowledge.Problem), files fs.FS) (knowledge.Base, []knowledge.Problem) {
	base, problems := load(files, knowledge.Handoff{URL: p.env("FRONTDESK_CONTACT_URL")})
	if base.Settings.Contact.IsZero() {
		base.Settings.Contact = firstContact(base)
	}
	return base, append(problems, crisisProblems(base.Settings.CrisisFile)...)
}

// crisisLine finds where a fault in staff's crisis rules stands.
var crisisLine = regexp.MustCompile(`^line (\d+): `)

// crisisProblems says what is wrong with staff's crisis rules, one problem a line of the error.
func crisisProblems(file []byte) []knowledge.Problem {
	if len(file) == 0 {
		return nil
	}
	_, err := safety.Default().Extend(file)
	if err == nil {
		return nil
	}
	var problems []knowledge.Problem
	for line := range strings.Lines(strings.TrimPrefix(err.Error(), "crisis rules: ")) {
		line = strings.TrimSpace(line)
		at := knowledge.Position{File: "crisis.yaml"}
		if m := crisisLine.FindStringSubmatch(line); m != nil {
			at.Line, _ = strconv.Atoi(m[1])
			line = strings.TrimPrefix(line, m[0])
		}
		problems = append(problems, knowledge.Problem{Source: at, Level: knowledge.Error, Text: line,
			Advice: "while this is so, only the built-in rules are used"})
	}
	return problems
}

// An opened knowledge base answers in this process, for commands that end.
type opened struct {
	*bot.Desk
	snapshot *index.Snapshot
}

// open returns a desk over the knowledge at path.
func (p program) open(ctx context.Context, path string) (opened, error) {
	// Such a command builds what it needs, answers and ends: it is not worth collecting garbage on the way, nor waiting
	// for one thing that the next can be built beside.
	debug.SetGCPercent(400)
	go safety.Default()
	base, err := p.load(path)
	if err != nil {
		return opened{}, err
	}
	if base.Settings.Contact.IsZero() {
		fmt.Fprintln(p.errs, "warning: no contact link: people cannot be handed to a human; set contact.url in desk.yaml or FRONTDESK_CONTACT_URL")
	}
	options, err := p.indexOptions(ctx, p.warn)
	if err != nil {
		return opened{}, err
	}
	defer closeVectors(options)
	base.Settings.Limits = knowledge.Limits{} // of a keyboard there is only one
	snapshot, err := index.Build(ctx, base, options)
	if err != nil {
		return opened{}, fmt.Errorf("index the knowledge: %w", err)
	}
	return opened{bot.NewDesk(index.NewLive(snapshot), bot.DefaultPolicy, zap.NewNop()), snapshot}, nil
}

// firstContact returns the first link to a human that an article names: where staff name none for the desk as a whole,
// it serves for what no article answers.
func firstContact(base knowledge.Base) knowledge.Handoff {
	for _, s := range base.Sections() {
		if !s.Handoff.IsZero() {
			return s.Handoff
		}
	}
	return knowledge.Handoff{}
}
