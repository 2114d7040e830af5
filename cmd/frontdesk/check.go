package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"frontdesk/bot/publish"
	"frontdesk/knowledge"
)

func checkCommand() command {
	return command{
		name:    "check",
		args:    "[-json] [-against PATH|VERSION [-data DIR]] PATH",
		summary: "show how staff's files are read, what is wrong with them, and what a change does to the answers",
		text: `
Prints each article with its sections (line, heading, size of the text in bytes, id, and the dates for its review and
its end) and then the problems, each with file and line and what to do. In a Word document lines are paragraphs, in a
workbook rows. Without PATH the files of -knowledge or FRONTDESK_KNOWLEDGE are read. The exit code is 1 when a problem is
an error. Links that lead nowhere, questions and texts that come twice
and the like are among the warnings; "frontdesk lint" has more such advice.

With -against, what people would notice instead: the golden questions of PATH's questions.tsv are asked of both states
of the knowledge, and the ones that are answered otherwise are listed. The exit code is also 1 when a golden question
breaks: one that PATH answers wrongly and the other state answers rightly or does not have. The other state is a folder,
such as a checkout of the main branch, or a version that "frontdesk versions" lists. With the data folder of serve, by -data
or FRONTDESK_DATA, what people asked lately is asked as well, as far as staff may see their words; it breaks nothing.

With -json, one object: "articles" with "id", "title", "lang", "file" and "sections" ("id", "title", "kind", "line",
"bytes", "phrasings", and as 2026-03-01 "reviewed", "review_by" and "expires_at"), and "problems" with "file", "line",
"level" (error, warning, notice), "text" and "advice"; with -against also "report" with "changed", "lost",
"gained" and "reworded" (how many answers), "changes" (which), "broken" (golden questions that fail; "blocks" tells that they break) and "files".

Example:
  frontdesk check ./articles
  frontdesk check -against main/articles ./articles`,
		run: program.check,
	}
}

func (p program) check(ctx context.Context, args []string) error {
	f := p.flags(checkCommand())
	asJSON := f.Bool("json", false, "print one JSON object")
	against := f.String("against", "", "compare with `PATH|VERSION`")
	path, data := p.knowledgeFlag(f), p.dataFlag(f)
	if err := parse(f, args); err != nil {
		return err
	}
	switch {
	case f.NArg() == 1 && given(f, "knowledge"):
		return misuse("want one PATH: leave out %q or -knowledge", f.Arg(0))
	case f.NArg() == 1:
		*path = f.Arg(0)
	case f.NArg() > 1, *path == "":
		return misuse("want one PATH, a folder or a file")
	}
	files, err := publish.ReadPath(*path, p.readFiles)
	if err != nil {
		return err
	}
	report := newCheckReport(files.Base, files.Problems, time.Now())
	faults := publish.Errors(files.Problems)
	if *against != "" && len(faults) == 0 {
		gate, err := p.checkAgainst(ctx, *against, *data, files)
		if err != nil {
			return err
		}
		report.Report = newReportRow(gate)
	}
	switch {
	case *asJSON:
		err = p.printJSON(report)
	case *against != "":
		err = report.printGate(p.out, files.Problems)
	default:
		err = report.print(p.out, append(files.Problems, p.advice(*path)...))
	}
	switch {
	case err != nil:
		return err
	case len(faults) > 0, report.Report != nil && report.Report.Breaking() > 0:
		return errReported
	}
	return nil
}

// A checkReport is what check -json prints.
type checkReport struct {
	Articles []checkArticle `json:"articles"`
	Problems []checkProblem `json:"problems"`
	Report   *reportRow     `json:"report,omitempty"`

	today string // at the desk, such as 2026-03-01
}

type checkArticle struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	Lang     string         `json:"lang"`
	File     string         `json:"file"`
	Sections []checkSection `json:"sections"`
}

type checkSection struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Kind      string `json:"kind"`
	Line      int    `json:"line"`
	Bytes     int    `json:"bytes"`
	Phrasings int    `json:"phrasings"`
	checkDates
}

type checkProblem struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Level  string `json:"level"`
	Text   string `json:"text"`
	Advice string `json:"advice"`
}

func newCheckReport(base knowledge.Base, problems []knowledge.Problem, now time.Time) checkReport {
	r := checkReport{Articles: []checkArticle{}, Problems: []checkProblem{}, today: base.Settings.Zone.Day(now).Format(time.DateOnly)}
	for _, a := range base.Articles {
		article := checkArticle{ID: string(a.ID), Title: a.Title, Lang: a.Lang, File: a.Source.File, Sections: []checkSection{}}
		for _, s := range a.Sections {
			article.Sections = append(article.Sections, checkSection{
				ID: string(s.ID), Title: s.Title, Kind: string(s.Kind), Line: s.Source.Line, Bytes: len(s.Body), Phrasings: len(s.Phrasings),
				checkDates: datesOf(s),
			})
		}
		r.Articles = append(r.Articles, article)
	}
	for _, q := range problems {
		r.Problems = append(r.Problems, checkProblem{q.Source.File, q.Source.Line, string(q.Level), q.Text, q.Advice})
	}
	return r
}

func (r checkReport) print(w io.Writer, problems []knowledge.Problem) error {
	sections, errors, warnings := 0, 0, 0
	for _, a := range r.Articles {
		fmt.Fprintf(w, "%s  %q (%s, %s)\n", a.File, a.Title, a.Lang, count(len(a.Sections), "section"))
		for _, s := range a.Sections {
			kind := ""
			if s.Kind != string(knowledge.Answer) {
				kind = "  [" + s.Kind + "]"
			}
			fmt.Fprintf(w, "  %5d  %-60s  %5d bytes  %s%s%s\n", s.Line, s.Title, s.Bytes, s.ID, kind, s.shown(r.today))
		}
		sections += len(a.Sections)
	}
	if len(problems) > 0 {
		fmt.Fprintln(w)
	}
	for _, q := range problems {
		fmt.Fprintln(w, q)
		switch q.Level {
		case knowledge.Error:
			errors++
		case knowledge.Warning:
			warnings++
		}
	}
	_, err := fmt.Fprintf(w, "\n%s, %s, %s, %s\n", count(len(r.Articles), "article"), count(sections, "section"),
		count(errors, "error"), count(warnings, "warning"))
	return err
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
