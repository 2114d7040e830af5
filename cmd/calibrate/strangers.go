package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"frontdesk/index"
)

// strangersFolder holds messages that no desk can answer. In a language's CODE.txt are those that have nothing to do with
// any desk: the weather, sums, other firms' business. In its CODE-vague.txt are those that say nothing by themselves.
// People send both to every desk, and those who write labelled sets think of few.
const strangersFolder = "index/testdata/strangers"

const (
	mostStrangers = 30 // of either kind, asked of one set
	mostVague     = 10
	strangerShare = 0.5 // what each counts beside a question that people asked
)

// strangers asks a set's snapshot some of the strangers of its language, other ones of each set.
func strangers(ctx context.Context, snapshot *index.Snapshot, name string) ([]lesson, error) {
	sections := snapshot.Base().Sections()
	if len(sections) == 0 {
		return nil, nil
	}
	foreign, err := askStrangers(ctx, snapshot, sections[0].Lang+".txt", name, mostStrangers)
	if err != nil {
		return nil, err
	}
	vague, err := askStrangers(ctx, snapshot, sections[0].Lang+"-vague.txt", name, mostVague)
	return append(foreign, vague...), err
}

// askStrangers asks at most so many lines of a file, none when there is no such file.
func askStrangers(ctx context.Context, snapshot *index.Snapshot, file, name string, most int) ([]lesson, error) {
	data, err := os.ReadFile(filepath.Join(strangersFolder, file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read strangers: %w", err)
	}
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	h := fnv.New32a()
	h.Write([]byte(name))
	start, step := int(h.Sum32())%len(lines), max(1, len(lines)/most)
	var all []lesson
	for i := range min(most, len(lines)) {
		l, err := snapshot.Lesson(ctx, index.Query{Text: lines[(start+i*step)%len(lines)]})
		if err != nil {
			return nil, err
		}
		x := lesson{Lesson: l, share: strangerShare, out: true, stranger: true, right: make([]bool, len(l.Candidates))}
		all = append(all, x)
	}
	return all, nil
}
