package telegram

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"go.uber.org/zap"

	"frontdesk/bot/telegram/telegramtest"
)

// startChild runs a client in a process of its own, to be killed.
func startChild(t *testing.T, api *telegramtest.Server, dir string) (kill func()) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKilledChild$")
	child.Env = append(os.Environ(), "TELEGRAM_CHILD_API="+api.URL, "TELEGRAM_CHILD_DIR="+dir)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	return func() {
		child.Process.Kill()
		child.Wait()
	}
}

// TestKilledChild is the process that startChild starts.
func TestKilledChild(t *testing.T) {
	address := os.Getenv("TELEGRAM_CHILD_API")
	if address == "" {
		t.Skip("runs only as a child")
	}
	c, err := New(Config{Token: token, BaseURL: address, StateDir: os.Getenv("TELEGRAM_CHILD_DIR")}, &echoDesk{}, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	c.pace.private, c.pace.whole = budget{}, budget{}
	ctx, cancel := context.WithTimeout(t.Context(), testPatience)
	defer cancel()
	c.Run(ctx)
}

func TestKilledBetweenReceivingAndReplying(t *testing.T) {
	api := telegramtest.NewServer(token)
	t.Cleanup(api.Close) // after the client has stopped
	dir := t.TempDir()
	// The child receives the question and is told to wait before it may answer.
	api.Fail("sendMessage", telegramtest.Fault{RetryAfter: 3600})
	api.Say(telegramtest.Private(anna), anna, "are you there?")
	kill := startChild(t, api, dir)
	s := &stand{T: t, api: api, desk: &echoDesk{}}
	ctx, cancel := context.WithTimeout(t.Context(), testPatience)
	defer cancel()
	s.ctx = ctx
	s.call("sendMessage", 1)
	kill()
	if n := len(api.Sent()); n != 0 {
		t.Fatalf("%d messages sent before the kill", n)
	}

	s.run(func(c *Client) { c.cfg.StateDir = dir })
	if got := s.sent(1).Text; got != "You asked: are you there?" {
		t.Errorf("sent %q, want the answer to what was asked before the kill", got)
	}
	s.settled()
	s.stop()
	if n := len(api.Sent()); n != 1 {
		t.Errorf("%d messages sent, want the one answer", n)
	}
	left, err := os.ReadFile(filepath.Join(dir, "telegram-4242-"+inboxName))
	if err != nil || len(left) != 0 {
		t.Errorf("the inbox holds %q (%v) after the answer, want nothing", left, err)
	}
}

// Kills at any moment lose no question. Each may repeat the one answer that was just being sent.
func TestKilledAgainAndAgain(t *testing.T) {
	api := telegramtest.NewServer(token)
	t.Cleanup(api.Close) // after the client has stopped
	dir := t.TempDir()
	const kills, each = 4, 10
	private := telegramtest.Private(anna)
	for k := range kills {
		for i := range each {
			api.Say(private, anna, fmt.Sprintf("question %d.%d", k, i))
		}
		kill := startChild(t, api, dir)
		_, err := api.WaitSent(t.Context(), len(api.Sent())+each/2)
		kill()
		if err != nil {
			t.Fatal(err)
		}
	}
	s := &stand{T: t, api: api, desk: &echoDesk{}}
	s.run(func(c *Client) { c.cfg.StateDir = dir })
	s.api.Say(private, anna, "the end")
	for n := 1; s.sent(n).Text != "You asked: the end"; n++ {
	}
	times := map[string]int{}
	for _, m := range api.Sent() {
		times[m.Text]++
	}
	repeated := 0
	for k := range kills {
		for i := range each {
			n := times[fmt.Sprintf("You asked: question %d.%d", k, i)]
			if n == 0 {
				t.Errorf("question %d.%d was not answered", k, i)
			}
			repeated += max(n-1, 0)
		}
	}
	if repeated > kills {
		t.Errorf("%d answers were repeated by %d kills, want one each at most", repeated, kills)
	}
}
