package main

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

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
