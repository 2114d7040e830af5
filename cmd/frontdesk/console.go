package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/console"
	"frontdesk/bot/discord"
	"frontdesk/bot/telegram"
	"frontdesk/knowledge/edit"
)

// openBook returns staff's folder for changes, also where it is mounted only later; nil where there is none: the sample, or
// a single file. The list of changes is kept in the data folder.
func openBook(c config) *edit.Book {
	if info, err := os.Stat(c.Knowledge); c.Knowledge == "" || err == nil && !info.IsDir() {
		return nil
	}
	list := ""
	if c.Data != "" {
		list = filepath.Join(c.Data, "changes.jsonl")
	}
	return edit.At(c.Knowledge, list)
}

// consoleDoor is the door with the staff's console.
const consoleDoor = "console"

// openConsole adds the staff's console to the doors. out is where a newcomer reads how to sign in.
func (h *house) openConsole(c config, out io.Writer, log *zap.Logger) error {
	if c.ConsoleAddr == "" {
		return nil
	}
	token, kept, fresh, err := consoleToken(c)
	if err != nil {
		log.Error("no token signs in to the console until the next start; links do", zap.Error(err))
	}
	h.console = console.New(console.Config{
		Token: token, Live: h.live, Publisher: h.files, Versions: h.files.Versions(), Book: h.book, Journal: h.journal,
		Previews: []console.Preview{{Platform: "Telegram", Show: telegram.Preview}, {Platform: "Discord", Show: discord.Preview}},
		Health:   h.checks, Policy: bot.DefaultPolicy,
	}, log)
	h.openedConsole = func(at net.Addr) {
		h.consoleURL = c.ConsoleURL
		if h.consoleURL == "" {
			h.consoleURL = "http://" + reachable(at)
		}
		switch {
		case c.ConsoleToken != "":
		case kept == "" || fresh:
			invite(out, h.consoleLink(""), kept)
		default: // what is printed may be kept for long, so that no more links than the first are in it
			fmt.Fprintf(out, "The staff's console: %s\n  Sign in with the token in %s.\n", h.consoleURL, kept)
		}
	}
	h.doors = append(h.doors, door{consoleDoor, "FRONTDESK_CONSOLE_ADDR", c.ConsoleAddr, h.console})
	return nil
}

// reachable returns where a browser on this machine finds what listens at an address: on all of them, or on one.
func reachable(at net.Addr) string {
	if tcp, ok := at.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("127.0.0.1:%d", tcp.Port)
	}
	return at.String()
}

// consoleLink returns a link that signs a member of staff in once, within ten minutes; empty where there is no console. who
// stands beside what they change; for "" they are asked.
func (h *house) consoleLink(who string) string {
	if h.console == nil {
		return ""
	}
	return h.consoleURL + h.console.Link(who)
}

// invite tells whoever started the program for the first time how to open the console. It is no line of the log, which many
// can read. Where the output is kept, as by a container's engine, the link is of no use after ten minutes, or once used.
func invite(out io.Writer, link, kept string) {
	later := "start again for another, or set FRONTDESK_CONSOLE_TOKEN."
	if kept != "" {
		later = "use the token in " + kept + "."
	}
	fmt.Fprintf(out, "The staff's console: %s\n  The link signs one person in, within ten minutes. After that, %s\n", link, later)
}

// checks says how the bots and the data folder are.
func (h *house) checks(context.Context) []console.Check {
	var all []console.Check
	if h.data.dir != "" {
		all = append(all, console.Check{Name: "Data folder", Fault: h.data.Fault()})
	}
	for _, name := range slices.Sorted(maps.Keys(h.bots)) {
		check := console.Check{Name: strings.ToUpper(name[:1]) + name[1:]}
		if err := h.bots[name].Health(); err != nil {
			check.Fault = err.Error()
		}
		all = append(all, check)
	}
	return all
}

// minToken is the fewest characters of a token that an operator may choose.
const minToken = 12

// consoleToken returns what staff sign in with: what the operator says, or a token made once and kept in a file of the
// data folder. Without either there is none, and one-time links are the only way in. fresh says that it has just been made.
func consoleToken(c config) (token, kept string, fresh bool, err error) {
	if c.ConsoleToken != "" || c.Data == "" {
		return c.ConsoleToken, "", false, nil
	}
	kept = filepath.Join(c.Data, "console.token")
	data, err := os.ReadFile(kept)
	if token = strings.TrimSpace(string(data)); err == nil && len(token) >= minToken {
		return token, kept, false, nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", "", false, fmt.Errorf("read the console's token: %w; set FRONTDESK_CONSOLE_TOKEN instead", err)
	}
	token = rand.Text()
	if err := os.WriteFile(kept, []byte(token+"\n"), 0o600); err != nil {
		return "", "", false, fmt.Errorf("keep the console's token: %w; set FRONTDESK_CONSOLE_TOKEN instead", err)
	}
	return token, kept, true, nil
}

// chosenToken reads the token that an operator chose.
func chosenToken(value string) (string, error) {
	token, err := secret(value)
	if err == nil && len(token) < minToken {
		return "", fmt.Errorf("want %d characters or more", minToken)
	}
	return token, err
}
