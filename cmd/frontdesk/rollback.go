package main

import (
	"context"
	"flag"
	"fmt"
	"regexp"
	"time"

	"frontdesk/bot/publish"
	"frontdesk/knowledge/versions"
)

func rollbackCommand() command {
	return command{
		name:    "rollback",
		args:    "VERSION|-1 [-reason TEXT] [-author NAME] [-knowledge PATH] [-data DIR]",
		summary: "bring an earlier version of the knowledge back",
		text: `
Puts the files of VERSION, an id as "frontdesk versions" lists them, back into PATH; -1 stands for the version that was
live before the last. What is in the folder is kept as a version first, so that nothing is lost, and files that are not
knowledge are left alone. A running serve answers from the version within a second or so, one that is started later from
the beginning. Where the folder cannot be written to, serve answers from the version until a file changes.

Example:
  frontdesk rollback -1 -reason "the new prices are wrong" -knowledge ./articles -data ./data`,
		run: program.rollback,
	}
}

// ago is how a version is named by how many versions ago it was live.
var ago = regexp.MustCompile(`^-[1-9][0-9]*$`)

func (p program) rollback(ctx context.Context, args []string) error {
	f := p.flags(rollbackCommand())
	path := f.String("knowledge", p.env("FRONTDESK_KNOWLEDGE"), "put the files back into `PATH`, the folder of articles")
	data := p.dataFlag(f)
	reason := f.String("reason", "", "say why in `TEXT`, for whoever reads the list of versions")
	author := p.authorFlag(f)
	spec, rest := takeVersion(f, args)
	if err := parse(f, rest); err != nil {
		return err
	}
	switch {
	case spec == "" && f.NArg() == 1:
		spec = f.Arg(0)
	case f.NArg() > 0:
		return misuse("unexpected %q", f.Arg(0))
	}
	switch {
	case spec == "":
		return misuse("want a VERSION, or -1 for the one before; \"frontdesk versions\" lists them")
	case *path == "":
		return misuse("want -knowledge PATH, or FRONTDESK_KNOWLEDGE set as for serve")
	}
	store, err := openKept(*data)
	if err != nil {
		return err
	}
	defer store.Close()
	v, err := store.Find(spec)
	if err != nil {
		return err
	}
	order := versions.Approval{ID: v.ID, At: time.Now(), Author: *author, Reason: *reason}
	if order.Reason == "" {
		order.Reason = "brought back"
	}
	pinned, err := publish.Bring(ctx, store, *path, p.readFiles, order)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "version %s of %s, with %s, is back", publish.Short(v.ID), v.At.Local().Format(time.DateTime), count(v.Sections, "section"))
	if pinned {
		pin, _ := store.Pinned()
		fmt.Fprintf(p.out, "; its files could not be put back in %s (%s), so serve answers from it until they change\n", *path, pin.Why)
		return nil
	}
	fmt.Fprintf(p.out, " in %s; what was there is kept: frontdesk versions\n", *path)
	return nil
}

// takeVersion takes a version such as -1 out of the arguments, which would be read as an option.
func takeVersion(f *flag.FlagSet, args []string) (spec string, rest []string) {
	for i, arg := range args {
		if ago.MatchString(arg) && (i == 0 || !takesNext(f, args[i-1])) {
			return arg, append(append([]string{}, args[:i]...), args[i+1:]...)
		}
	}
	return "", args
}
