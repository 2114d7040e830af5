package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"
)

func importCommand() command {
	return command{
		name:    "import",
		args:    "[-o DIR|FILE] [-lang xx] [-dry-run] [-force] URL-or-file...",
		summary: "turn a web page, a document or a table into Markdown that you own",
		text: `
Reads a web page (its address, or a page saved as .html), a Word document (.docx), a table (.xlsx, .csv, .tsv) or text
that was copied into a .txt file, and writes a Markdown file for each article in it. The file is yours to edit.

A later import of the same source brings the file up to date: what you edited by hand stays, what you did not follows the
source, new sections come in at their place, and sections that the source no longer has are named and stay. The report
says which is which. Where you and the source both changed a section, yours stays and both are shown. Front matter stays
as it is, but for the lines below "imported:", by which the next import tells what you edited. A file that no import made
is never touched; with -force, what it lacks is added to it.

Addresses may be of your own network, such as http://localhost:8080/faq. At most 10 MB and 30 seconds are taken, and no
cookies are sent: pages behind a login have to be saved as files.

Example:
  frontdesk import -o articles therapy.docx https://example.org/faq
  frontdesk check articles`,
		run: program.importSources,
	}
}

// importOptions are what the command line of an import says.
type importOptions struct {
	out, lang   string
	dry, forced bool
}

func (p program) importSources(ctx context.Context, args []string) error {
	f := p.flags(importCommand())
	var o importOptions
	f.StringVar(&o.out, "o", ".", "write to `DIR|FILE`, a folder or, for one article, a .md file")
	f.StringVar(&o.lang, "lang", "", "take the text to be in the language `xx`, such as en; without it the text tells")
	f.BoolVar(&o.dry, "dry-run", false, "report, and write nothing")
	f.BoolVar(&o.forced, "force", false, "add to a file that was not imported, or was imported from somewhere else")
	if err := parse(f, args); err != nil {
		return err
	}
	if f.NArg() == 0 {
		return misuse("want a URL or a file")
	}
	if !namesMarkdown(o.out) && namesFile(o.out) {
		return misuse("-o %q: want a folder, or a file that ends in .md", o.out)
	}
	failed := false
	for _, name := range f.Args() {
		if err := p.importOne(ctx, name, o); err != nil {
			fmt.Fprintf(p.errs, "frontdesk import: %s\n", importing.ReplaceAllString(err.Error(), ""))
			failed = true
		}
	}
	if failed {
		return errReported
	}
	return nil
}

// importing is what the errors of package importer begin with, which the program's name says already.
var importing = regexp.MustCompile(`^import:? `)

// importOne imports one source.
func (p program) importOne(ctx context.Context, name string, o importOptions) error {
	read := func() (importer.Source, error) { return importer.Open(name) }
	if importer.IsAddress(name) {
		read = func() (importer.Source, error) { return importer.Fetch(ctx, name) }
	}
	source, err := read()
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w; check the path, or begin the address of a page with https://", err)
	}
	if err != nil {
		return err
	}
	drafts, problems, err := importer.Read(source, o.lang)
	if err != nil {
		return err
	}
	single := namesMarkdown(o.out)
	if single && len(drafts) > 1 {
		return fmt.Errorf("%q holds %d articles; name a folder with -o", source.From, len(drafts))
	}
	for i, d := range drafts {
		target := filepath.Join(o.out, d.Name+".md")
		if single {
			target = o.out
		}
		if err := p.importDraft(d, target, o); err != nil {
			return err
		}
		if i == 0 {
			p.printProblems(problems)
		}
	}
	if !importer.IsAddress(name) && sameFolder(filepath.Dir(name), o.out, single) {
		fmt.Fprintf(p.out, "  %s lies in the same folder: move it away, or both will be read\n", source.From)
	}
	return nil
}

func namesMarkdown(path string) bool {
	return slices.Contains([]string{".md", ".markdown"}, strings.ToLower(filepath.Ext(path)))
}

// namesFile reports whether a path leads to a file, or would to somebody who reads it, whatever is there.
func namesFile(path string) bool {
	if info, err := os.Stat(path); err == nil {
		return !info.IsDir()
	}
	return slices.Contains([]string{".txt", ".text", ".html", ".htm", ".csv", ".tsv", ".docx", ".xlsx"}, strings.ToLower(filepath.Ext(path)))
}

// importDraft writes one article, and reports.
func (p program) importDraft(d importer.Draft, target string, o importOptions) error {
	before, err := os.ReadFile(target)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("import: %w", err)
	}
	result, err := d.Merge(before, time.Now(), o.forced)
	switch {
	case errors.Is(err, importer.ErrForeign):
		return fmt.Errorf("%s: %w, and is left alone; name another with -o, or add to it with -force", target, err)
	case errors.Is(err, importer.ErrOther):
		return fmt.Errorf("%s: %w; name another with -o, or go on in it with -force", target, err)
	case err != nil:
		return fmt.Errorf("%s: %w", target, err)
	}
	if result.Changed && !o.dry {
		if err := writeWhole(target, before, result.Text); err != nil {
			return fmt.Errorf("import: %w", err)
		}
	}
	fmt.Fprintf(p.out, "%s, from %s%s\n", target, d.From, map[bool]string{true: " (nothing written)"}[o.dry || !result.Changed])
	for _, note := range d.Notes {
		fmt.Fprintf(p.out, "  note      %s\n", note)
	}
	fmt.Fprint(p.out, result)
	return nil
}

// mostLeftOut bounds how many lines are shown that were no part of the text.
const mostLeftOut = 12

// printProblems prints what there is to know about how a source was read.
func (p program) printProblems(problems []knowledge.Problem) {
	for i, q := range problems {
		if i == mostLeftOut {
			fmt.Fprintf(p.out, "  and %d more like these\n", len(problems)-i)
			return
		}
		place := ""
		if q.Source.Line > 0 {
			place = fmt.Sprintf("line %d: ", q.Source.Line)
		}
		level := map[knowledge.Level]string{knowledge.Notice: "", knowledge.Warning: "warning: ", knowledge.Error: "error: "}[q.Level]
		fmt.Fprintf(p.out, "  source    %s%s%s\n", place, level, q.Text)
	}
}

func sameFolder(dir, out string, single bool) bool {
	if single {
		out = filepath.Dir(out)
	}
	a, errA := filepath.Abs(dir)
	b, errB := filepath.Abs(out)
	return errA == nil && errB == nil && a == b
}

// writeWhole writes a file so that whoever reads it sees it as it was or as it is to be, nothing between. before is what
// it held when text was made, nil for no file: what somebody has saved since stays, which is an error.
func writeWhole(target string, before []byte, text string) error {
	if file, err := filepath.EvalSymlinks(target); err == nil {
		target = file
	}
	dir := filepath.Dir(target)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(target); err == nil {
		mode = info.Mode().Perm()
	}
	temp, err := os.CreateTemp(dir, ".import-*.tmp") // a name that a running desk does not look at
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // nothing is there once it is renamed
	_, err = temp.WriteString(text)
	err = errors.Join(err, temp.Chmod(mode), temp.Sync(), temp.Close())
	if err != nil {
		return err
	}
	now, err := os.ReadFile(target)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if (now == nil) != (before == nil) || !bytes.Equal(now, before) { // as late as can be
		return fmt.Errorf("%s: somebody has changed it meanwhile; run the command again", target)
	}
	return os.Rename(temp.Name(), target)
}
