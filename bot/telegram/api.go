package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// OfficialAPI is the base address of Telegram's own servers.
const OfficialAPI = "https://api.telegram.org"

// maxAnswer bounds what is read of an answer: a hundred updates of the longest messages, several times over.
const maxAnswer = 16 << 20

// An api calls methods of the Bot API. What it returns as errors never contains the token.
//
// Debug mode and the polling of the library stay unused: they are all that writes to the library's own logger, which
// is global to the process and would print tokens and what people wrote.
type api struct {
	token  string
	base   string
	client *http.Client
}

func newAPI(token, base string) *api {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = transport.MaxIdleConns // there is one host
	return &api{token: token, base: strings.TrimSuffix(base, "/"), client: &http.Client{
		Transport: transport,
		// A redirect would carry the token to another host.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// call calls a method and decodes its result into out, which may be nil. The error is a *tgbotapi.Error when Telegram
// refused, a *troubleError when there was no answer of Telegram's, or the context's.
func (a *api) call(ctx context.Context, method string, params tgbotapi.Params, out any) error {
	bot := tgbotapi.BotAPI{Token: a.token, Client: doer{a, ctx}}
	bot.SetAPIEndpoint(strings.ReplaceAll(a.base, "%", "%%") + "/bot%s/%s")
	resp, err := bot.MakeRequest(method, params)
	if err == nil && out != nil {
		err = json.Unmarshal(resp.Result, out)
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("telegram %s: %w", method, a.redact(err))
}

// close ends idle connections, so that the next call makes a new one.
func (a *api) close() { a.client.CloseIdleConnections() }

// redact returns err, or one with the token struck out of its text.
func (a *api) redact(err error) error {
	text := err.Error()
	for _, secret := range []string{a.token, url.PathEscape(a.token), url.QueryEscape(a.token)} {
		text = strings.ReplaceAll(text, secret, "<token>")
	}
	if text == err.Error() {
		return err
	}
	var refusal *tgbotapi.Error
	if errors.As(err, &refusal) {
		return &tgbotapi.Error{Code: refusal.Code, Message: text, ResponseParameters: refusal.ResponseParameters}
	}
	return errors.New(text)
}

// A troubleError is a failure of the network or of something that stands between: it may pass.
type troubleError struct {
	status int   // HTTP status; 0 when no answer came
	cause  error // nil when the answer was no JSON of Telegram's
}

func (e *troubleError) Error() string {
	if e.cause != nil {
		return e.cause.Error()
	}
	return fmt.Sprintf("unexpected answer with status %d", e.status)
}

func (e *troubleError) Unwrap() error { return e.cause }

// A doer sends one request of the library under a context, which the library does not know, and looks at what the
// library does not: the status, the size, and whether the answer is Telegram's at all.
type doer struct {
	api *api
	ctx context.Context // of one call; the doer does not outlive it
}

func (d doer) Do(req *http.Request) (*http.Response, error) {
	resp, err := d.api.client.Do(req.WithContext(d.ctx))
	if err != nil {
		// *url.Error holds the address, and with it the token.
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return nil, &troubleError{cause: err}
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	resp.Body.Close()
	if err != nil {
		return nil, &troubleError{status: resp.StatusCode, cause: err}
	}
	if !isAnswer(body) {
		return nil, &troubleError{status: resp.StatusCode}
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// isAnswer reports whether body is one of the API's: an object that says ok, or why not.
func isAnswer(body []byte) bool {
	var a struct {
		OK   bool `json:"ok"`
		Code int  `json:"error_code"`
	}
	return json.Unmarshal(body, &a) == nil && (a.OK || a.Code != 0)
}
