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

// maxLine bounds a line, in bytes. The desk looks for danger in the whole of it.
const maxLine = 16 << 20

// ReadLine returns the next line without its end, or as much of it as is read of a very long one, whose rest is dropped. The
// error is io.EOF behind the last line, or one of reading.
func ReadLine(r *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, more, err := r.ReadLine()
		if err != nil {
			if len(line) > 0 {
				return string(line), nil // the next call hears of it
			}
			return "", err
		}
		line = append(line, part[:min(len(part), maxLine-len(line))]...)
		if !more {
			return string(line), nil
		}
	}
}

// Run talks until in ends, an empty line comes or ctx ends. The error is one of reading or writing.
func Run(ctx context.Context, desk Desk, in io.Reader, out io.Writer) error {
	message := func(text string) bot.Message {
		return bot.Message{Room: room, From: person, Text: text, Private: true, At: time.Now()}
	}
	reply := desk.Welcome(message(""))
	lines := bufio.NewReader(in)
	for {
		if err := Print(out, reply, Columns(out)); err != nil {
			return err
		}
		fmt.Fprint(out, "\n> ")
		text, err := next(ctx, lines)
		if err != nil {
			fmt.Fprintln(out)
			if err == io.EOF || ctx.Err() != nil {
				return nil
			}
			return err
		}
		if text = strings.TrimSpace(text); text == "" {
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
func next(ctx context.Context, lines *bufio.Reader) (string, error) {
	type line struct {
		text string
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := ReadLine(lines)
		read <- line{text, err}
	}()
	select {
	case l := <-read:
		return l.text, l.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Print lays a reply out as plain text, in lines of so many columns; 0 leaves it to the terminal to break them.
func Print(w io.Writer, r bot.Reply, columns int) error {
	var s strings.Builder
	if r.Title != "" {
		line := cells(r.Title)
		if columns > 0 {
			line = min(line, columns)
		}
		s.WriteString(r.Title + "\n" + strings.Repeat("-", line) + "\n")
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
	_, err := io.WriteString(w, Wrap(s.String(), columns))
	return err
}
