// Command frontdesk answers people's questions with the closest section of staff's articles, and always shows the
// way to a human.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // desk.yaml names a time zone, and the container image has no files of them
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := program{in: os.Stdin, out: os.Stdout, errs: os.Stderr, env: os.Getenv}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// A program is one run of frontdesk: what it reads and writes.
type program struct {
	in        io.Reader
	out, errs io.Writer
	env       func(name string) string
}

// The exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// errReported means that the problem has been printed already.
var errReported = errors.New("reported")

// run carries out one command line and returns the exit code.
func (p program) run(ctx context.Context, args []string) int {
	if len(args) == 0 {
		p.help(nil)
		return exitUsage
	}
	c, ok := find(args[0])
	if !ok {
		fmt.Fprintf(p.errs, "frontdesk: %v\n", unknownCommand(args[0]))
		return exitUsage
	}
	err := c.run(p, ctx, args[1:])
	var usage usageError
	var unknown unknownCommand
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.Is(err, errReported):
		return exitFailed
	case errors.As(err, &unknown):
		fmt.Fprintf(p.errs, "frontdesk %s: %v\n", c.name, err)
		return exitUsage
	case errors.As(err, &usage):
		fmt.Fprintf(p.errs, "frontdesk %s: %v; \"frontdesk %s -h\" shows the usage\n", c.name, err, c.name)
		return exitUsage
	default:
		fmt.Fprintf(p.errs, "frontdesk %s: %v\n", c.name, err)
		return exitFailed
	}
}
