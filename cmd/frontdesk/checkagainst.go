package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"frontdesk/bot/publish"
	"frontdesk/knowledge"
)

// checkAgainst asks the gate what files change since another state of the knowledge: a path, or a version.
func (p program) checkAgainst(ctx context.Context, against, data string, files publish.Folder) (publish.Report, error) {
	before, err := p.readState(against, data)
	if err != nil {
		return publish.Report{}, fmt.Errorf("-against: %w", err)
	}
	return p.compare(ctx, before, files, p.recently(ctx, data))
}

func (p program) readState(where, data string) (publish.Folder, error) {
	if _, err := os.Stat(where); err == nil {
		return publish.ReadPath(where, p.readFiles)
	}
	if data == "" {
		return publish.Folder{}, fmt.Errorf("%q is no folder; for a version, give -data DIR, the data folder of serve", where)
	}
	store, err := openKept(data)
	if err != nil {
		return publish.Folder{}, err
	}
	defer store.Close()
	v, err := store.Find(where)
	if err != nil {
		return publish.Folder{}, err
	}
	kept, err := store.FS(v.ID)
	if err != nil {
		return publish.Folder{}, err
	}
	return publish.Read(kept, p.readFiles)
}

// A reportRow is a gate's report as -json prints it: each golden question with its place.
type reportRow struct {
	publish.Report
	Broken []brokenRow `json:"broken"`
}

type brokenRow struct {
	publish.BrokenGolden
	File string `json:"file"`
	Line int    `json:"line"`
}

func newReportRow(r publish.Report) *reportRow {
	row := &reportRow{Report: r, Broken: []brokenRow{}}
	for _, b := range r.Broken {
		row.Broken = append(row.Broken, brokenRow{b, b.Source.File, b.Source.Line})
	}
	return row
}

// printGate prints what keeps the files from being compared, or else what the gate says.
func (r checkReport) printGate(w io.Writer, problems []knowledge.Problem) error {
	for _, q := range problems {
		if q.Level != knowledge.Notice {
			fmt.Fprintln(w, q)
		}
	}
	if r.Report == nil {
		return errReported
	}
	_, err := fmt.Fprint(w, r.Report.Text(publish.MaxChanges))
	return err
}
