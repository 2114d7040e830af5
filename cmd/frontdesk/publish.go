package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"frontdesk/bot/publish"
	"frontdesk/index"
	"frontdesk/knowledge/versions"
)

func publishCommand() command {
	return command{
		name:    "publish",
		args:    "-force -reason TEXT [-author NAME] [-knowledge PATH] [-data DIR] [-json]",
		summary: "let a change go live that the publish gate holds back",
		text: `
What staff save goes live by itself, unless the files have errors or a golden question of questions.tsv would break.
This lets the files in PATH go live as they are, broken golden questions and all, and keeps the reason and the author
with the version. It says so in serve's data folder: a running serve takes it up within a second or two, one that is
started later finds it. Errors in files are not overridden, and a file saved afterwards is asked about again.

With -json, the report of the gate that is overridden, as "frontdesk check -against -json" has it under "report".

Example:
  frontdesk publish -force -reason "the night line closed for good" -knowledge ./articles -data ./data`,
		run: program.publish,
	}
}

func (p program) publish(ctx context.Context, args []string) error {
	f := p.flags(publishCommand())
	path, data := p.knowledgeFlag(f), p.dataFlag(f)
	force := f.Bool("force", false, "let it go live although golden questions break")
	reason := f.String("reason", "", "say why in `TEXT`, for whoever reads the list of versions")
	author := p.authorFlag(f)
	asJSON := f.Bool("json", false, "print one JSON object")
	if err := parse(f, args); err != nil {
		return err
	}
	switch {
	case f.NArg() > 0:
		return misuse("unexpected %q", f.Arg(0))
	case !*force:
		return misuse("want -force: without it there is nothing to do, since good changes go live by themselves")
	case *reason == "":
		return misuse("want -reason TEXT: somebody will ask")
	case *path == "":
		return misuse("want -knowledge PATH, or FRONTDESK_KNOWLEDGE set as for serve")
	}
	store, err := openKept(*data)
	if err != nil {
		return err
	}
	defer store.Close()
	files, err := p.readSound(*path)
	if err != nil {
		return err
	}
	report, err := p.compareWithKept(ctx, store, files, p.recently(ctx, *data))
	if err != nil {
		return err
	}
	if err := store.Approve(versions.Approval{ID: files.ID, At: time.Now(), Author: *author, Reason: *reason}); err != nil {
		return err
	}
	if *asJSON {
		return p.printJSON(newReportRow(report))
	}
	fmt.Fprint(p.out, report.Text(publish.MaxChanges))
	fmt.Fprintf(p.out, "Version %s of %s may go live: a running serve takes it up at once.\n", publish.Short(files.ID), *path)
	return nil
}

// readSound reads staff's files; the error has been printed when some of them are broken.
func (p program) readSound(path string) (publish.Folder, error) {
	files, err := publish.ReadPath(path, p.readFiles)
	if err != nil {
		return files, err
	}
	faults := publish.Errors(files.Problems)
	for _, problem := range faults {
		fmt.Fprintln(p.errs, problem)
	}
	if len(faults) > 0 {
		return files, errReported
	}
	return files, nil
}

// compareWithKept asks the gate what the files change since the version that was live last.
func (p program) compareWithKept(ctx context.Context, store *versions.Store, files publish.Folder, recent []publish.Question) (publish.Report, error) {
	var last versions.Version
	for last = range store.Published() {
		break
	}
	switch last.ID {
	case "":
		return publish.Report{}, errors.New("no version was live yet, so nothing is held back; start serve")
	case files.ID:
		return publish.Report{}, fmt.Errorf("version %s is live already; nothing is held back", publish.Short(last.ID))
	}
	kept, err := store.FS(last.ID)
	if err != nil {
		return publish.Report{}, err
	}
	before, err := publish.Read(kept, p.readFiles)
	if err != nil {
		return publish.Report{}, err
	}
	return p.compare(ctx, before, files, recent)
}

// compare builds two states of the knowledge and asks both their golden questions, and what people asked lately.
func (p program) compare(ctx context.Context, before, after publish.Folder, recent []publish.Question) (publish.Report, error) {
	options, err := p.indexOptions(ctx, p.warn)
	if err != nil {
		return publish.Report{}, err
	}
	defer closeVectors(options)
	old, err := index.Build(ctx, before.Base, options)
	if err != nil {
		return publish.Report{}, fmt.Errorf("index the knowledge: %w", err)
	}
	defer old.Close()
	next, err := index.Build(ctx, after.Base, options)
	if err != nil {
		return publish.Report{}, fmt.Errorf("index the knowledge: %w", err)
	}
	defer next.Close()
	return publish.Gate{Recent: recentTime}.Compare(ctx, before.Side(old), after.Side(next), recent)
}

func (p program) knowledgeFlag(f *flag.FlagSet) *string {
	return f.String("knowledge", p.env("FRONTDESK_KNOWLEDGE"), "read the articles in `PATH`, a folder or a file")
}

func (p program) dataFlag(f *flag.FlagSet) *string {
	return f.String("data", p.env("FRONTDESK_DATA"), "use `DIR`, the data folder of serve")
}

func (p program) authorFlag(f *flag.FlagSet) *string {
	return f.String("author", p.env("USER"), "say that `NAME` did it")
}
