// Calibrate learns the weights that turn clues into confidence, and shows what they are worth.
//
// usage:
//
//	go run ./cmd/calibrate                            figures on the repository's own sets, each with weights learned
//	                                                  on the others (leave one set out)
//	go run ./cmd/calibrate -extra DIR                 the same with the sets in DIR added
//	go run ./cmd/calibrate -report                    figures with the shipped weights
//	go run ./cmd/calibrate -write index/weights.json  learn on all sets and write the weights
//	go run ./cmd/calibrate -archetypes knowledge/lang learn the archetypes of all languages; before the weights
//	go run ./cmd/calibrate -vectors knowledge/lang    learn the word vectors of all languages; before the weights
//
// A set is a folder with knowledge/ and questions.tsv: a question, a tab, the id or heading of its section or NONE.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/pprof"

	"frontdesk/bot"
	"frontdesk/index"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "calibrate:", err)
		}
		os.Exit(1)
	}
}

// settings are the command's flags.
type settings struct {
	own, extra string
	report     bool
	write      string
	archetypes string
	vectors    string
	pairs      string
	mistakes   bool
	only       string
	folds      int
	hidden     int
	profile    string
	policy     bot.Policy
}

func run(ctx context.Context, args []string) error {
	s, err := readSettings(args)
	if err != nil {
		return err
	}
	stop, err := startProfile(s.profile)
	if err != nil {
		return err
	}
	defer stop()
	switch {
	case s.archetypes != "":
		folder := os.DirFS(s.archetypes)
		return writeLearned(s.archetypes, func(code string) (map[string][]byte, error) { return index.LearnArchetypes(ctx, code, folder) })
	case s.vectors != "":
		folder, pairs := os.DirFS(s.vectors), os.DirFS(s.pairs)
		return writeLearned(s.vectors, func(code string) (map[string][]byte, error) { return index.LearnVectors(ctx, code, folder, pairs) })
	}
	return s.weigh(ctx, os.Stdout)
}

func readSettings(args []string) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("calibrate", flag.ContinueOnError)
	flags.StringVar(&s.own, "sets", "index/testdata/sets", "folder of labelled sets")
	flags.StringVar(&s.extra, "extra", "", "another folder of labelled sets")
	flags.BoolVar(&s.report, "report", false, "only show what the shipped weights reach")
	flags.StringVar(&s.write, "write", "", "learn on all sets and write the weights to this file")
	flags.StringVar(&s.archetypes, "archetypes", "", "learn the archetypes of all languages from their examples in this folder and write them beside those")
	flags.StringVar(&s.vectors, "vectors", "", "learn the word vectors of all languages from -pairs and the examples in this folder and write them beside those")
	flags.StringVar(&s.pairs, "pairs", "index/testdata/pairs", "folder of questions beside their answers")
	flags.BoolVar(&s.mistakes, "mistakes", false, "list the most confident mistakes")
	flags.IntVar(&s.folds, "folds", 0, "deal the sets into this many folds; 0 leaves one set out at a time")
	flags.IntVar(&s.hidden, "hidden", 5, "hidden units of each of the models that are averaged")
	flags.StringVar(&s.profile, "cpuprofile", "", "write a CPU profile to this file")
	flags.StringVar(&s.only, "only", "", "measure only sets with this in their name")
	desk := bot.DefaultPolicy
	flags.Float64Var(&s.policy.Sure, "sure", desk.Sure, "answer outright from this confidence on")
	flags.Float64Var(&s.policy.Phrased, "phrased", desk.Phrased, "the same for a section with phrasings")
	flags.Float64Var(&s.policy.Maybe, "maybe", desk.Maybe, "offer choices from this confidence on")
	flags.Float64Var(&s.policy.Margin, "margin", desk.Margin, "lead over the second needed to answer outright")
	return s, flags.Parse(args)
}

// startProfile profiles the program until stop is called; no name is no profile.
func startProfile(name string) (stop func(), err error) {
	if name == "" {
		return func() {}, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		f.Close()
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}, nil
}

// weigh learns weights from the sets and writes them, or shows what the sets say of weights.
func (s settings) weigh(ctx context.Context, out io.Writer) error {
	sets, err := s.sets(ctx)
	if err != nil {
		return err
	}
	if s.write != "" {
		m, err := learn(ctx, sets, s.hidden)
		if err != nil {
			return err
		}
		return write(s.write, m)
	}
	by := make([]*index.Model, len(sets))
	if !s.report {
		if by, err = leaveOut(ctx, sets, s.folds, s.hidden); err != nil {
			return err
		}
	}
	return show(out, sets, by, s)
}

// sets reads the repository's own sets, and those of people behind them.
func (s settings) sets(ctx context.Context) ([]set, error) {
	own, err := readSets(ctx, s.own)
	if err != nil || s.extra == "" {
		return own, err
	}
	extra, err := readSets(ctx, s.extra)
	for i := range extra {
		extra[i].real = true
	}
	return append(own, extra...), err
}
