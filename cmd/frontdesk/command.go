package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// A command is one subcommand of the program.
type command struct {
	name    string
	args    string // as shown behind the name
	summary string // one line
	text    string // the rest of its help, with an example that works
	run     func(p program, ctx context.Context, args []string) error
}

// commands returns all subcommands, in the order in which help lists them.
func commands() []command {
	return []command{
		chatCommand(), askCommand(), checkCommand(), previewCommand(), evalCommand(), lintCommand(), initCommand(), importCommand(), serveCommand(), healthCommand(),
		publishCommand(), rollbackCommand(), versionsCommand(), backupCommand(),
		versionCommand(),
		{name: "help", args: "[COMMAND]", summary: "explain a command", run: func(p program, _ context.Context, args []string) error {
			return p.help(args)
		}},
	}
}

func find(name string) (command, bool) {
	switch name {
	case "-h", "-help", "--help":
		name = "help"
	case "-version", "--version":
		name = "version"
	}
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

// A usageError is a mistake on the command line.
type usageError struct{ error }

// An unknownCommand is the name of a command that there is not.
type unknownCommand string

func (c unknownCommand) Error() string {
	return fmt.Sprintf("there is no command %q; \"frontdesk help\" lists them", string(c))
}

func misuse(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// flags returns an empty set of options for a command, whose -h prints the command's help.
func (p program) flags(c command) *flag.FlagSet {
	f := flag.NewFlagSet(c.name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() { p.explain(c, f) }
	return f
}

// parse reads a command's options, before, between and behind its arguments; what it returns is ready to be given back by
// the command. Help is printed for who asks for it alone: above the one line that says what was mistaken, it would hide it.
func parse(f *flag.FlagSet, args []string) error {
	help := f.Usage
	f.Usage = func() {}
	err := f.Parse(optionsFirst(f, args))
	switch {
	case err == nil:
		return noEmptyPath(f)
	case errors.Is(err, flag.ErrHelp):
		help()
		return err
	default:
		return usageError{err}
	}
}

// optionsFirst puts the options before the arguments, since package flag reads none behind the first argument. What
// follows "--" is an argument, whatever it looks like.
func optionsFirst(f *flag.FlagSet, args []string) []string {
	var options, rest []string
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if len(arg) < 2 || arg[0] != '-' {
			rest = append(rest, arg)
			continue
		}
		options = append(options, arg)
		if !takesNext(f, arg) {
			continue
		}
		if i++; i == len(args) {
			return options // the option lacks its value, and "--" must not become it
		}
		options = append(options, args[i])
	}
	return append(append(options, "--"), rest...)
}

// takesNext reports whether the value of an option is the argument behind it.
func takesNext(f *flag.FlagSet, option string) bool {
	if !strings.HasPrefix(option, "-") {
		return false
	}
	option = strings.TrimPrefix(strings.TrimPrefix(option, "-"), "-")
	known := f.Lookup(option) // none for "name=value"
	if known == nil {
		return false
	}
	b, ok := known.Value.(interface{ IsBoolFlag() bool })
	return !ok || !b.IsBoolFlag()
}

// noEmptyPath refuses -knowledge "", such as a script gives whose variable is not set: it would stand for the sample.
func noEmptyPath(f *flag.FlagSet) error {
	if given(f, "knowledge") && f.Lookup("knowledge").Value.String() == "" {
		return misuse("-knowledge is empty; name a folder or a file, or leave the option out")
	}
	return nil
}

// given reports whether an option is on the command line.
func given(f *flag.FlagSet, name string) bool {
	there := false
	f.Visit(func(set *flag.Flag) { there = there || set.Name == name })
	return there
}

func (p program) help(args []string) error {
	if len(args) == 0 {
		fmt.Fprint(p.out, "frontdesk answers people's questions with staff's own words, and always shows the way to a human.\n\nusage: frontdesk COMMAND [ARGUMENTS]\n\n")
		for _, c := range commands() {
			fmt.Fprintf(p.out, "  %-8s  %s\n", c.name, c.summary)
		}
		fmt.Fprint(p.out, "\nTry it:  frontdesk chat\nMore on a command:  frontdesk help ask\n")
		return nil
	}
	c, ok := find(args[0])
	if !ok {
		return unknownCommand(args[0])
	}
	if len(args) > 1 {
		return misuse("want one COMMAND")
	}
	if c.text == "" {
		p.explain(c, nil)
		return nil
	}
	return c.run(p, context.Background(), []string{"-h"})
}

// explain prints a command's help with its options.
func (p program) explain(c command, f *flag.FlagSet) {
	fmt.Fprintf(p.out, "usage: %s\n\n%s.\n", strings.TrimSpace("frontdesk "+c.name+" "+c.args), upperFirst(c.summary))
	if c.text != "" {
		fmt.Fprintf(p.out, "\n%s\n", strings.TrimSpace(c.text))
	}
	if f == nil {
		return
	}
	any := false
	f.VisitAll(func(*flag.Flag) { any = true })
	if any {
		fmt.Fprint(p.out, "\nOptions:\n")
		f.SetOutput(p.out)
		f.PrintDefaults()
		f.SetOutput(io.Discard)
	}
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
