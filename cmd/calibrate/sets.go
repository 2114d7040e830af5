package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"frontdesk/index"
	"frontdesk/index/eval"
	"frontdesk/knowledge"
)

// A set is a labelled knowledge base with what the index sees of every question.
type set struct {
	name      string
	real      bool // asked by people, not written for learning
	questions []eval.Question
	lessons   []lesson
	made      []lesson // of its headings and questions, see made
	strangers []lesson // that no section of any set answers
}

// A lesson is a question ready for learning.
type lesson struct {
	index.Lesson
	right []bool  // by candidate
	out   bool    // no section answers
	share float32 // what it counts beside a question that people asked

	stranger bool // no desk can answer it
}

// readSets reads all sets in a folder.
func readSets(ctx context.Context, folder string) ([]set, error) {
	var all []set
	files, err := filepath.Glob(filepath.Join(folder, "*", "questions.tsv"))
	if err != nil {
		return nil, fmt.Errorf("list sets: %w", err)
	}
	for _, file := range files {
		s, err := readSet(ctx, filepath.Dir(file))
		if err != nil {
			return nil, fmt.Errorf("set %q: %w", filepath.Dir(file), err)
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no set in %q", folder)
	}
	return all, nil
}

func readSet(ctx context.Context, dir string) (set, error) {
	f, err := os.Open(filepath.Join(dir, "questions.tsv"))
	if err != nil {
		return set{}, err
	}
	defer f.Close()
	s := set{name: filepath.Base(dir)}
	if s.questions, err = eval.ReadQuestions(f); err != nil {
		return set{}, err
	}
	base, problems := knowledge.Load(os.DirFS(filepath.Join(dir, "knowledge")), knowledge.Handoff{})
	for _, p := range problems {
		if p.Level == knowledge.Error {
			return set{}, fmt.Errorf("load knowledge: %s", p)
		}
	}
	snapshot, err := index.Build(ctx, base, index.Options{})
	if err != nil {
		return set{}, err
	}
	defer snapshot.Close()
	for _, q := range s.questions {
		l, err := snapshot.Lesson(ctx, index.Query{Text: q.Text})
		if err != nil {
			return set{}, err
		}
		s.lessons = append(s.lessons, label(l, q, 1))
	}
	if s.made, err = made(ctx, snapshot, s.questions); err != nil {
		return set{}, err
	}
	s.strangers, err = strangers(ctx, snapshot, s.name)
	return s, err
}

// label says which candidates are right.
func label(l index.Lesson, q eval.Question, share float32) lesson {
	x := lesson{Lesson: l, share: share, out: len(q.Want) == 0, right: make([]bool, len(l.Candidates))}
	for i, c := range l.Candidates {
		x.right[i] = q.Wants(string(c.Section.ID), c.Section.Title)
	}
	return x
}
