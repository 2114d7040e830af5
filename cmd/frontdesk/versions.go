package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"frontdesk/bot/publish"
	"frontdesk/knowledge/versions"
)

func versionsCommand() command {
	return command{
		name:    "versions",
		args:    "[-data DIR] [-json]",
		summary: "list the versions of the knowledge that were live",
		text: `
Every version that went live is kept in the data folder of serve: the last 50. One line each, the newest first, which
is the one that was live last: its id, when, how many sections, who and why if that is known, and which files changed.
A draft never went live: it is what was in the folder before an earlier version was brought back.

With -json, a list of objects with "id", "at", "author", "reason", "forced", "draft", "sections", "files" ("name",
"sha256", "size", "sections") and "changes" ("file", "kind", "before", "after").

Example:
  frontdesk versions -data ./data`,
		run: program.versions,
	}
}

func (p program) versions(_ context.Context, args []string) error {
	f := p.flags(versionsCommand())
	data := p.dataFlag(f)
	asJSON := f.Bool("json", false, "print one JSON list")
	if err := parse(f, args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return misuse("unexpected %q", f.Arg(0))
	}
	store, err := openKept(*data)
	if err != nil {
		return err
	}
	defer store.Close()
	all, err := store.List()
	if err != nil {
		return err
	}
	problems, err := store.Problems()
	if err != nil {
		return err
	}
	for _, problem := range problems {
		fmt.Fprintln(p.errs, problem)
	}
	if *asJSON {
		return p.printJSON(append([]versions.Version{}, all...))
	}
	if len(all) == 0 {
		fmt.Fprintln(p.out, "no version is kept yet; serve keeps each one that goes live")
	}
	for _, v := range all {
		printVersion(p.out, v)
	}
	if pin, ok := store.Pinned(); ok {
		fmt.Fprintf(p.out, "\n%s answers in the place of the files until they change: they could not be put back (%s).\n", publish.Short(pin.ID), pin.Why)
	}
	return nil
}

func printVersion(w io.Writer, v versions.Version) {
	var notes []string
	if v.Draft {
		notes = append(notes, "draft")
	}
	if v.Forced {
		notes = append(notes, "forced")
	}
	if v.Author != "" {
		notes = append(notes, "by "+v.Author)
	}
	if v.Reason != "" {
		notes = append(notes, fmt.Sprintf("%q", v.Reason))
	}
	line := fmt.Sprintf("%s  %s  %12s  %s", publish.Short(v.ID), v.At.Local().Format(time.DateTime), count(v.Sections, "section"), strings.Join(notes, ", "))
	fmt.Fprintln(w, strings.TrimRight(line, " "))
	if len(v.Changes) > 0 {
		fmt.Fprintf(w, "          %s\n", publish.Files(v.Changes))
	}
}

// openKept opens the versions in the data folder of a serve. Where there are none it makes no folder for them: who asks
// is in the wrong place.
func openKept(data string) (*versions.Store, error) {
	if data == "" {
		return nil, errors.New("where are the versions? Give -data DIR, or set FRONTDESK_DATA as for serve; without a data folder serve keeps none")
	}
	switch _, err := os.Stat(versionsFolder(data)); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%q holds no versions: is it the data folder of serve, as in FRONTDESK_DATA? serve keeps them there from its first start on", data)
	case err != nil:
		return nil, fmt.Errorf("open versions: %w", err)
	}
	return openVersions(data)
}

func (p program) printJSON(what any) error {
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(what)
}
