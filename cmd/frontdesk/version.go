package main

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
)

func versionCommand() command {
	return command{
		name:    "version",
		summary: "print the version",
		text: `
One line, for whoever reports a fault: the version of the module, the revision that the program was built from, with a
word if files had been changed since, and the version of Go. A build outside a checkout knows no revision.

Example:
  frontdesk version`,
		run: program.version,
	}
}

func (p program) version(_ context.Context, args []string) error {
	f := p.flags(versionCommand())
	if err := parse(f, args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return misuse("unexpected %q", f.Arg(0))
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	fmt.Fprintln(p.out, "frontdesk", versionOf(info))
	return nil
}

// versionOf says which build this is.
func versionOf(info *debug.BuildInfo) string {
	version, revision, day, changed := info.Main.Version, "", "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value
		case s.Key == "vcs.time":
			date, _, _ := strings.Cut(s.Value, "T")
			day = " of " + date
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed since"
		}
	}
	if version == "" {
		version = "(unknown)"
	}
	if revision == "" {
		return fmt.Sprintf("%s, no revision known, %s", version, info.GoVersion)
	}
	return fmt.Sprintf("%s, revision %s%s%s, %s", version, revision, day, changed, info.GoVersion)
}
