package main

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot/discord/discordtest"
	"frontdesk/bot/telegram/telegramtest"
)

var hooksAt = regexp.MustCompile(`"deliveries":"([^"]+)"`)

// publicAddress returns where platforms deliver to: a server in front of the program, which passes all on to it.
func (r *run) publicAddress(t *testing.T) string {
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		at := hooksAt.FindStringSubmatch(r.printed.String())
		if at == nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		behind := &url.URL{Scheme: "http", Host: at[1]}
		proxy := httputil.ReverseProxy{
			Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(behind) }, ErrorLog: log.New(io.Discard, "", 0),
		}
		proxy.ServeHTTP(w, req)
	}))
	t.Cleanup(front.Close)
	return front.URL
}

// TestSecretsOfDeliveries has the platforms deliver what people do, and others pretend to, and stops the program while
// requests hang.
func TestSecretsOfDeliveries(t *testing.T) {
	var public string
	r := serving(t, func(r *run) {
		public = r.publicAddress(t)
		r.env["FRONTDESK_TELEGRAM_WEBHOOK"] = public + "/telegram"
		r.env["FRONTDESK_DISCORD_PUBLIC_KEY"] = r.discord.PublicKey()
		r.env["FRONTDESK_HOOKS_ADDR"] = "127.0.0.1:0"
		r.env["FRONTDESK_STOP_TIMEOUT"] = "1s"
		r.discord.Interactions = public + "/discord"
	})
	r.until(t, "the gateway", func() bool { return r.discord.Connected() > 0 })
	if _, err := r.telegram.WaitCall(r.wait, "setWebhook", 1); err != nil {
		t.Fatal(err)
	}
	anna := telegramtest.User{ID: 7, FirstName: "Anna"}
	r.telegram.Say(telegramtest.Private(anna), anna, "what does it cost "+secretWord)
	if _, err := r.telegram.WaitSent(r.wait, 1); err != nil {
		t.Fatalf("telegram: no answer to a delivery: %v; printed:\n%s", err, r.printed)
	}
	use := discordtest.Use{Channel: r.discord.Channel(r.discord.Guild()), Person: "8"}
	if _, err := r.discord.Slash(use, "ask", "question", "what does it cost "+secretWord).Answer(r.wait); err != nil {
		t.Fatalf("discord: no answer to a delivery: %v; printed:\n%s", err, r.printed)
	}
	r.telegram.PushRaw(`"message":"` + secretWord + `"`)
	r.discord.Interact(use, 2, secretWord)
	old := r.discord.Signed([]byte(`{"id":"1","type":2,"token":"interaction-token-1"}`), time.Now().Add(-time.Hour))
	for _, req := range []*http.Request{old, forged(t, public+"/discord"), forged(t, public+"/telegram"), forged(t, public+"/"+secretWord)} {
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(r.printed, resp.Body)
		resp.Body.Close()
		if resp.StatusCode < 400 {
			t.Errorf("a forged delivery to %s is answered %s", req.URL.Path, resp.Status)
		}
	}
	r.telegram.Fail("sendMessage", telegramtest.Fault{Hang: true})
	r.discord.Fail(discordtest.Fault{Method: "POST", Path: "/messages", Hang: true})
	r.telegram.Say(telegramtest.Private(anna), anna, "who pays "+secretWord)
	r.discord.Say(r.discord.DM("8"), "8", "who pays "+secretWord)
	r.until(t, "requests that hang", func() bool { return r.discord.Failing()+r.telegram.PendingFaults("sendMessage") == 0 })
	r.askHealth(t)
	r.search(t)
	if secret := r.telegram.Calls("setWebhook")[0].Params["secret_token"]; secret == "" || strings.Contains(r.printed.String(), secret) {
		t.Errorf("the webhook's secret %q shows, or there is none", secret)
	}
}

// TestWhereDeliveriesComeIn reads addresses as operators write them, and posts there what is from no platform.
func TestWhereDeliveriesComeIn(t *testing.T) {
	for _, test := range []struct{ hook, key, path, want string }{
		{"https://x.example/telegram", "", "/telegram", "401"},
		{"https://x.example/telegram/", "", "/telegram", "401"},
		{"https://x.example/telegram", "", "/discord", "404"},
		{"https://x.example", "", "/", "401"},
		{"https://x.example", "", "/telegram", "404"},
		{"https://x.example/a{b}c", "", "/a%7Bb%7Dc", "401"},
		{"https://x.example/a{b}c", "", "/axc", "404"},
		{"https://x.example/{b...}", "", "/b", "404"},
		{"https://x.example/a//b/../c", "", "/a//b/../c", "401"},
		{"https://x.example/a%20b%2Fc", "", "/a%20b%2Fc", "401"},
		{"https://x.example/discord", "", "/discord", "401"},
		{"https://x.example/discord/more", publicKey, "/discord", "401"},
		{"https://x.example/telegram", publicKey, "/discord", "401"},
		{"https://x.example/telegram", publicKey, "/telegram", "401"},
		{"https://x.example/discord", publicKey, "", "FRONTDESK_TELEGRAM_WEBHOOK: "},
		{"https://x.example/discord/", publicKey, "", "FRONTDESK_TELEGRAM_WEBHOOK: "},
		{"https://x.example/%64iscord?bot=1", publicKey, "", "FRONTDESK_TELEGRAM_WEBHOOK: "},
	} {
		env := map[string]string{
			"FRONTDESK_TELEGRAM_TOKEN": telegramToken, "FRONTDESK_TELEGRAM_WEBHOOK": test.hook,
			"FRONTDESK_DISCORD_TOKEN": discordToken, "FRONTDESK_DISCORD_PUBLIC_KEY": test.key,
		}
		if got := postTo(t, env, test.path); !strings.HasPrefix(got, test.want) {
			t.Errorf("with webhook %q and key %q, POST %s is answered %q, want %s", test.hook, test.key, test.path, got, test.want)
		}
	}
}

var publicKey = strings.Repeat("ab", 32)

// postTo returns the status of a delivery to a path, or what is wrong with the settings.
func postTo(t *testing.T, env map[string]string, path string) string {
	t.Helper()
	c, err := readConfig(func(name string) string { return env[name] })
	if err != nil {
		return err.Error()
	}
	_, hooks, err := adapters(c, nil, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	hooks.ServeHTTP(answer, httptest.NewRequest("POST", path, strings.NewReader("{}")))
	return strconv.Itoa(answer.Code)
}

// forged is a delivery of somebody who has neither secret nor key.
func forged(t *testing.T, address string) *http.Request {
	t.Helper()
	req, err := http.NewRequest("POST", address, strings.NewReader(`{"update_id":1,"message":"`+secretWord+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secretWord)
	req.Header.Set("X-Signature-Ed25519", secretWord)
	return req
}
