package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/contract"
	"frontdesk/bot/terminal"
	"frontdesk/index"
)

func askCommand() command {
	return command{
		name:    "ask",
		args:    "[-knowledge PATH] [-json|-explain] [QUESTION]",
		summary: "answer one question, or one a line from standard input",
		text: `
PATH is a folder of articles or a single file; without it the sample knowledge answers. Every question stands alone:
lines from standard input are answered in their order and know nothing of each other. A question that begins with a dash
goes behind "--".

With -explain, why the safety check finds danger or none, how the question was read, what was found and why come before
the answer.

With -json, one object a line:

  question    as asked
  outcome     answered, unsure, unanswered, handoff, smalltalk or crisis
  section     id, title (the heading as staff wrote it) and article of the section shown; null for none
  confidence  0 to 1, of the best candidate
  text        what the person reads, as plain text
  handoff     label and url of the way to a human, with phone and hours where staff name them; null when nobody named
              one
  candidates  up to 10 sections, best first, whatever the outcome: id, title, confidence
  took_us     microseconds the answer took

Example:
  frontdesk ask -knowledge ./articles "What are the side effects?"
  frontdesk ask -explain "will i be awake?"
  frontdesk ask -json < questions.txt > answers.jsonl`,
		run: program.ask,
	}
}

func (p program) ask(ctx context.Context, args []string) error {
	f := p.flags(askCommand())
	path := p.knowledgeFlag(f)
	asJSON := f.Bool("json", false, "print one JSON object a line")
	explain := f.Bool("explain", false, "show why")
	if err := parse(f, args); err != nil {
		return err
	}
	if *asJSON && *explain {
		return misuse("-json and -explain do not go together: an explanation is for people to read")
	}
	d, err := p.open(ctx, *path)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(p.out)
	defer out.Flush()
	show := func(question string, r bot.Reply, took time.Duration) error {
		if *explain {
			e, err := d.snapshot.Explain(ctx, index.Query{Text: question}, explainedHits)
			if err != nil {
				return err
			}
			printSafety(out, d.Danger(question), d.WhyDanger(question))
			printExplanation(out, e, r, bot.DefaultPolicy, d.snapshot.Base().Settings.Zone.Day(time.Now()))
		}
		return terminal.Print(out, r, terminal.Columns(p.out))
	}
	if *asJSON {
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		show = func(question string, r bot.Reply, took time.Duration) error {
			return enc.Encode(contract.NewAnswer(question, r, took))
		}
	}
	if f.NArg() > 0 {
		return askOne(ctx, d.Desk, strings.Join(f.Args(), " "), 0, show)
	}
	return askLines(ctx, d.Desk, p.in, out, show)
}

// askLines answers every line of in. An empty line is a question too, so that answers stay in step with lines.
func askLines(ctx context.Context, desk *bot.Desk, in io.Reader, out *bufio.Writer, show func(string, bot.Reply, time.Duration) error) error {
	lines := bufio.NewReader(in)
	for n := 0; ctx.Err() == nil; n++ {
		question, err := terminal.ReadLine(lines)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read questions: %w", err)
		}
		if err := askOne(ctx, desk, question, n, show); err != nil {
			return err
		}
		if lines.Buffered() == 0 {
			out.Flush() // whoever types questions wants to see answers
		}
	}
	return ctx.Err()
}

func askOne(ctx context.Context, desk *bot.Desk, question string, n int, show func(string, bot.Reply, time.Duration) error) error {
	start := time.Now()
	// A room of its own keeps a question from being read as a follow-up of the one before.
	room := bot.RoomID(fmt.Sprintf("ask:%d", n))
	r := desk.Answer(ctx, bot.Message{Room: room, From: "ask:you", Text: question, Private: true, At: start})
	return show(question, r, time.Since(start))
}
