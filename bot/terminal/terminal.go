// Package terminal talks with one person over lines of text.
package terminal

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/markup"
)

// A Desk answers. It is *bot.Desk.
type Desk interface {
	Answer(context.Context, bot.Message) bot.Reply
	Press(context.Context, bot.Message, bot.Press) bot.Reply
	Welcome(bot.Message) bot.Reply
}

// room is where the one person in front of the terminal talks.
const room, person = bot.RoomID("terminal:0"), bot.PersonID("terminal:you")

// maxLine bounds a line, in bytes.
const maxLine = 1 << 20

// Run talks until in ends, an empty line comes or ctx ends. The error is one of reading or writing.
func Run(ctx context.Context, desk Desk, in io.Reader, out io.Writer) error {
	message := func(text string) bot.Message {
		return bot.Message{Room: room, From: person, Text: text, Private: true, At: time.Now()}
	}
	reply := desk.Welcome(message(""))
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 4096), maxLine)
	for {
		if err := Print(out, reply); err != nil {
			return err
		}
		fmt.Fprint(out, "\n> ")
		if !next(ctx, lines) {
			fmt.Fprintln(out)
			if ctx.Err() != nil {
				return nil // and lines may still be read
			}
			return lines.Err()
		}
		text := strings.TrimSpace(lines.Text())
		if text == "" {
			return nil
		}
		fmt.Fprintln(out)
		if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(reply.Choices) {
			reply = desk.Press(ctx, message(text), reply.Choices[n-1].Press)
			continue
		}
		reply = desk.Answer(ctx, message(text))
	}
}

// next waits for a line or for ctx to end. A terminal's read cannot be interrupted, so the reading goroutine may stay
// behind when ctx ends; the process ends with it.
func next(ctx context.Context, lines *bufio.Scanner) bool {
	more := make(chan bool, 1)
	go func() { more <- lines.Scan() }()
	select {
	case ok := <-more:
		return ok
	case <-ctx.Done():
		return false
	}
}

// Print lays a reply out as plain text.
func Print(w io.Writer, r bot.Reply) error {
	var s strings.Builder
	if r.Title != "" {
		s.WriteString(r.Title + "\n" + strings.Repeat("-", len([]rune(r.Title))) + "\n")
	}
	s.WriteString(markup.Parse(r.Text).Plain() + "\n")
	if r.Source.Article != "" {
		fmt.Fprintf(&s, "— %s", r.Source.Article)
		if r.Source.URL != "" {
			s.WriteString(", " + r.Source.URL)
		}
		s.WriteByte('\n')
	}
	if r.Note != "" {
		s.WriteString("\n" + markup.Parse(r.Note).Plain() + "\n")
	}
	if len(r.Choices) > 0 {
		s.WriteByte('\n')
	}
	for i, c := range r.Choices {
		fmt.Fprintf(&s, "  [%d] %s\n", i+1, c.Label)
	}
	if h := r.Handoff; !h.IsZero() {
		fmt.Fprintf(&s, "  → %s: %s\n", h.Label, h.URL)
		if extra := strings.TrimSpace(h.Phone + "  " + h.Hours); extra != "" {
			fmt.Fprintf(&s, "    %s\n", extra)
		}
	}
	_, err := io.WriteString(w, s.String())
	return err
}
