package main

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/publish"
	"frontdesk/index"
	"frontdesk/index/lint"
	"frontdesk/knowledge"
)

// mostShown is how many findings of a rule are printed, unless somebody asks for more.
const mostShown = 5

func lintCommand() command {
	return command{
		name:    "lint",
		args:    "[-links] [-max N] [-strict] [-json] PATH",
		summary: "help to write answers that are found",
		text: `
Reads the articles in PATH as a colleague would, and asks the index every heading and every phrasing. Prints what people
may stumble over, with file and line, what to do about it, and the rule in brackets: two sections with the same question,
a phrasing that another section is found by, dead links, missing dates, short forms that are never spelt out, and more.
docs/lint.md explains each rule and how to allow a finding. The exit code is 0 whatever is found, unless -strict.

With -links, websites that sections link to are looked up as well, each address once.

With -json, one object: "findings" with "file", "line", "level" (warning, notice), "rule", "section", "text" and
"advice", and "left" with how many more there are of a rule.

Example:
  frontdesk lint ./articles`,
		run: program.lint,
	}
}

func (p program) lint(ctx context.Context, args []string) error {
	f := p.flags(lintCommand())
	asJSON := f.Bool("json", false, "print one JSON object")
	strict := f.Bool("strict", false, "exit with 1 when there is a finding")
	links := f.Bool("links", false, "look up websites too")
	most := f.Int("max", mostShown, "print `N` findings of a rule at most, 0 for all")
	if err := parse(f, args); err != nil {
		return err
	}
	if *most < 0 {
		return misuse("-max %d: want how many findings of a rule to print, or 0 for all", *most)
	}
	if f.NArg() != 1 {
		return misuse("want one PATH, a folder or a file")
	}
	found, err := p.findings(ctx, f.Arg(0), *links)
	if err != nil {
		return err
	}
	shown, left := lint.Cap(found, *most)
	if *asJSON {
		err = p.printJSON(newLintReport(shown, left))
	} else {
		err = p.printFindings(shown, left)
	}
	if err == nil && *strict && len(found) > 0 {
		return errReported
	}
	return err
}

// findings reads the folder, builds an index and asks it.
func (p program) findings(ctx context.Context, path string, links bool) ([]lint.Finding, error) {
	files, closer, err := knowledge.OpenDir(path)
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	base, problems := p.readFiles(files)
	if faults := publish.Errors(problems); len(faults) > 0 {
		for _, fault := range faults {
			fmt.Fprintln(p.errs, fault)
		}
		return nil, errReported
	}
	s, err := index.Build(ctx, base, index.Options{})
	if err != nil {
		return nil, fmt.Errorf("index the knowledge: %w", err)
	}
	defer s.Close()
	found, err := lint.Run(ctx, s, files, time.Now(), bot.DefaultPolicy.Outright)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		found = slices.DeleteFunc(found, ofFolder)
	}
	if links {
		found = append(found, lint.Websites(ctx, base, files, http.DefaultTransport)...)
		lint.Sort(found)
	}
	return found, nil
}

// ofFolder reports whether a finding is about the folder around a file, of which nothing is known when the file alone is
// read.
func ofFolder(f lint.Finding) bool {
	return f.Source.File == "" || f.Rule == lint.NoContact || f.Rule == lint.NoGoldenQuestions || f.Rule == lint.UncheckedHelpline
}

// advice returns what check says of lint's findings: those that people will notice, and that check does not show in
// another way. Files that cannot be read have none.
func (p program) advice(path string) []knowledge.Problem {
	files, closer, err := knowledge.OpenDir(path)
	if err != nil {
		return nil
	}
	defer closer.Close()
	base, _ := p.readFiles(files)
	var some []knowledge.Problem
	found, _ := lint.Cap(lint.Read(base, files, time.Now()), mostShown)
	for _, f := range found {
		switch f.Rule {
		case lint.NoContact, lint.ReviewDue, lint.Expired:
		default:
			if f.Level == knowledge.Warning {
				some = append(some, f.Problem)
			}
		}
	}
	return some
}

// printFindings prints findings as lines, and counts what is not shown.
func (p program) printFindings(shown []lint.Finding, left map[lint.Rule]int) error {
	warnings := 0
	for _, f := range shown {
		advice := f.Advice
		f.Advice = ""
		fmt.Fprintf(p.out, "%s [%s]\n    %s\n", f.Problem, f.Rule, advice)
		if f.Level == knowledge.Warning {
			warnings++
		}
	}
	if len(shown) == 0 {
		_, err := fmt.Fprintln(p.out, "nothing to improve")
		return err
	}
	var rest []string
	for _, rule := range slices.Sorted(maps.Keys(left)) {
		rest = append(rest, fmt.Sprintf("%d of %s", left[rule], rule))
	}
	if len(rest) > 0 {
		fmt.Fprintf(p.out, "\nand %s more; -max 0 shows all\n", strings.Join(rest, ", "))
	}
	_, err := fmt.Fprintf(p.out, "\n%s, %s\n", count(warnings, "warning"), count(len(shown)-warnings, "notice"))
	return err
}

// A lintReport is what lint -json prints.
type lintReport struct {
	Findings []lintFinding     `json:"findings"`
	Left     map[lint.Rule]int `json:"left"`
}

type lintFinding struct {
	checkProblem
	Rule    string `json:"rule"`
	Section string `json:"section"`
}

func newLintReport(shown []lint.Finding, left map[lint.Rule]int) lintReport {
	r := lintReport{Findings: []lintFinding{}, Left: left}
	for _, f := range shown {
		problem := checkProblem{f.Source.File, f.Source.Line, string(f.Level), f.Text, f.Advice}
		r.Findings = append(r.Findings, lintFinding{problem, string(f.Rule), string(f.Section)})
	}
	return r
}
