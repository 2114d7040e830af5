package discord

import (
	"errors"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
)

func TestHealth(t *testing.T) {
	cut := errors.New("cut")
	never, moment, long := &loss{why: errNotConnected}, &loss{time.Now(), cut}, &loss{time.Now().Add(-time.Hour), cut}
	for _, c := range []struct {
		name   string
		shards []*loss
		want   string // part of the error; empty for none
	}{
		{"before the first connection", nil, "not connected yet"},
		{"connecting", []*loss{never}, "not connected yet"},
		{"connected", []*loss{nil}, ""},
		{"gone for a moment", []*loss{moment}, ""},
		{"gone for long", []*loss{long}, "cut"},
		{"one of two gone", []*loss{nil, long}, "1 of 2 shards are not connected: cut"},
	} {
		client, err := New(Config{Token: token}, newClinic(t), zap.NewNop())
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range c.shards {
			s := &shard{}
			s.lost.Store(l)
			client.fleet.shards = append(client.fleet.shards, s)
		}
		got := client.Health()
		if (got == nil) != (c.want == "") || got != nil && !strings.Contains(got.Error(), c.want) {
			t.Errorf("%s: Health() = %v, want %q", c.name, got, c.want)
		}
	}
}

func TestSame(t *testing.T) {
	changed := commands(false)
	changed[0].Options[0].Autocomplete = false
	translated := commands(false)
	translated[1].Names["es-ES"] = "otro"
	swapped := commands(false)
	swapped[0], swapped[2] = swapped[2], swapped[0]
	if !same(commands(false), swapped) {
		t.Error("the same commands in another order are not the same")
	}
	if same(commands(false), changed) || same(commands(false), translated) || same(commands(false), nil) || same(commands(false), commands(false)[1:]) {
		t.Error("other commands are the same")
	}
}
