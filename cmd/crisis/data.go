package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"frontdesk/bot/safety/score"
)

// most is how many of the sentences that one line with alternatives stands for are learnt from.
const most = 8

// A file is a labelled file and its sentences.
type file struct {
	name     string
	examples []score.Example
}

// gather returns all labelled sentences of the repository, and apart from them those of the files of testdata that
// are to be left out, which are named without language and ending.
func gather(without []string) (known []score.Example, left []file, err error) {
	written, err := filepath.Glob("knowledge/lang/*/crisis/*.txt")
	if err != nil || len(written) == 0 {
		return nil, nil, errors.New("no sentences in knowledge/lang/*/crisis; run this at the top of the repository")
	}
	for _, path := range written {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, nil, err
		}
		examples, err := score.ReadExamples(path, string(data), most)
		if err != nil {
			return nil, nil, err
		}
		known = append(known, signed(examples, path)...)
	}
	asked, err := readQuestions(append(calm, "knowledge/lang/*/archetypes/*.txt", "knowledge/lang/*/archetypes/fine/*.txt")...)
	if err != nil {
		return nil, nil, err
	}
	known = append(known, asked...)
	put, err := readSets("index/testdata/sets/*/questions.tsv")
	if err != nil {
		return nil, nil, err
	}
	known = append(known, put...)
	labelled, err := filepath.Glob("bot/safety/testdata/*.txt")
	if err != nil {
		return nil, nil, err
	}
	for _, path := range labelled {
		examples, err := readLabelled(path)
		if err != nil {
			return nil, nil, err
		}
		examples = signed(examples, path)
		name, _, _ := strings.Cut(filepath.Base(path), ".")
		if slices.Contains(without, name) {
			left = append(left, file{filepath.Base(path), examples})
		} else {
			known = append(known, examples...)
		}
	}
	return apart(undisputed(known), left), left, nil
}

// calm are the files of pairs that are about things, trades and leisure. Of those on health and on public life, too many
// questions are asked by people in danger.
var calm = []string{
	"index/testdata/pairs/*/home-*.txt", "index/testdata/pairs/*/shop-*.txt", "index/testdata/pairs/*/tech-*.txt",
	"index/testdata/pairs/*/leisure-*.txt", "index/testdata/pairs/*/club2-*.txt", "index/testdata/pairs/*/forum2-*.txt",
	"index/testdata/pairs/*/dos-*.txt",
}

// undisputed leaves out the questions that are among the sentences of danger as well.
func undisputed(examples []score.Example) []score.Example {
	danger := map[string]bool{}
	for _, e := range examples {
		if e.Kind != "" {
			danger[strings.ToLower(e.Text)] = true
		}
	}
	return slices.DeleteFunc(examples, func(e score.Example) bool { return asked(e) && danger[strings.ToLower(e.Text)] })
}

// apart returns known without the sentences that were left out elsewhere.
func apart(known []score.Example, left []file) []score.Example {
	hidden := map[string]bool{}
	for _, f := range left {
		for _, e := range f.examples {
			hidden[strings.ToLower(e.Text)] = true
		}
	}
	return slices.DeleteFunc(known, func(e score.Example) bool { return hidden[strings.ToLower(e.Text)] })
}

// blockLen is how many sentences in a row of a file without families are taken for one.
const blockLen = 12

// readLabelled reads a file in which the kind stands after ## above its sentences, "none" for ordinary ones.
func readLabelled(path string) ([]score.Example, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []score.Example
	kind := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "## "); ok {
			kind = strings.TrimPrefix(name, "none")
			continue
		}
		if line != "" && !strings.HasPrefix(line, "#") {
			family := fmt.Sprintf("%s %s %d", filepath.Base(path), kind, len(out)/blockLen)
			out = append(out, score.Example{Text: line, Kind: kind, Line: line, Family: family})
		}
	}
	return out, nil
}

// perilous are the archetypes of which many questions are asked by people in danger.
var perilous = []string{
	"safeguarding-and-harassment", "emergency-out-of-hours", "warning-signs", "mental-health-conditions",
	"emotional-experience", "accidents-and-first-aid", "addiction-abuse",
}

// question begins the family of what people ask in general.
const question = "question: "

// asked reports whether e is of those.
func asked(e score.Example) bool { return strings.HasPrefix(e.Family, question) }

// readQuestions reads what people ask in general, as ordinary messages: "? how long is the wait" below "[heading]".
func readQuestions(patterns ...string) ([]score.Example, error) {
	var out []score.Example
	for _, pattern := range patterns {
		err := eachFile(pattern, func(_, data string) {
			heading := ""
			for line := range strings.Lines(data) {
				line = strings.TrimSpace(line)
				if strings.HasPrefix(line, "[") {
					heading = strings.Trim(line, "[]")
				}
				if q, asked := strings.CutPrefix(line, "? "); asked && !slices.Contains(perilous, heading) {
					out = append(out, score.Example{Text: q, Line: q, Family: question + heading})
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// readSets reads the questions of whole sets, as ordinary messages: a question, a tab, and what answers it, a line. Each
// set is a family, together with its copies that end in -phrased.
func readSets(pattern string) ([]score.Example, error) {
	var out []score.Example
	seen := map[string]bool{}
	err := eachFile(pattern, func(path, data string) {
		family := question + strings.TrimSuffix(filepath.Base(filepath.Dir(path)), "-phrased")
		for line := range strings.Lines(data) {
			q, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
			if q != "" && !seen[q] {
				seen[q] = true
				out = append(out, score.Example{Text: q, Line: q, Family: family})
			}
		}
	})
	return out, err
}

// eachFile hands the path and the text of each file that pattern names to do, in order.
func eachFile(pattern string, do func(path, data string)) error {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return err
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		do(path, string(data))
	}
	return nil
}

// readHeld reads a file of sentences with their kinds behind a tab.
func readHeld(path string) ([]score.Example, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []score.Example
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if len(fields) < 2 {
			return nil, fmt.Errorf("%s:%d: want a sentence, a tab and its kind, got %q", path, n, line)
		}
		kind := strings.TrimSpace(fields[1])
		switch {
		case kind == "ordinary" || kind == "none":
			kind = ""
		case kind != "crisis" && !slices.Contains(score.Kinds[:], kind):
			return nil, fmt.Errorf("%s:%d: kind %q is none of crisis, ordinary, %q", path, n, kind, score.Kinds)
		}
		out = append(out, score.Example{Text: fields[0], Kind: kind})
	}
	return out, nil
}
