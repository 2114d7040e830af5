package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"
)

const (
	maxInteraction = 1 << 20         // bytes; Discord's are far below
	clockSkew      = 5 * time.Minute // between Discord's clock and ours
)

// errTooLate means that the request which an answer belonged to is over.
var errTooLate = errors.New("the request for the interaction has ended")

// InteractionsHandler returns the endpoint to which Discord posts interactions, once its address is entered in the
// developer portal; they then no longer come by the gateway. Without a public key in the configuration there is none.
//
// A request is read only if Discord signed it, within the last minutes, and not twice. The endpoint answers while
// [Client.Run] does.
func (c *Client) InteractionsHandler() http.Handler {
	key, err := c.cfg.publicKey()
	if err != nil || key == nil {
		return http.NotFoundHandler()
	}
	return &endpoint{client: c, key: key, seen: newRecent(2*clockSkew, 1<<16)}
}

// publicKey returns the key of the application; nil when none is set.
func (c Config) publicKey() (ed25519.PublicKey, error) {
	if c.PublicKey == "" {
		return nil, nil
	}
	key, err := hex.DecodeString(c.PublicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, errors.New("discord settings: the public key must be 64 hexadecimal digits, as the developer portal " +
			"shows it under General Information")
	}
	return key, nil
}

type endpoint struct {
	client *Client
	key    ed25519.PublicKey
	seen   *recent // ids of interactions
}

// ServeHTTP implements [http.Handler].
func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "only Discord posts here", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxInteraction))
	if err != nil {
		http.Error(w, "the body is too large or was cut off", http.StatusRequestEntityTooLarge)
		return
	}
	stamp, signed := e.signed(r.Header, body)
	if skew := time.Since(stamp); signed && skew.Abs() > clockSkew {
		e.client.log.Warn("an interaction came with an old signature; if they all do, this machine's clock is wrong",
			zap.Duration("age", skew))
		signed = false
	}
	if !signed {
		http.Error(w, "invalid request signature", http.StatusUnauthorized)
		return
	}
	var i interaction
	if err := decode(body, &i); err != nil || i.Type == 0 {
		http.Error(w, "no interaction", http.StatusBadRequest)
		return
	}
	if i.Type == int(discordgo.InteractionPing) {
		write(w, response{Type: discordgo.InteractionResponsePong})
		return
	}
	if i.ID == "" || !e.seen.add(i.ID) {
		http.Error(w, "answered already", http.StatusConflict)
		return
	}
	e.answer(w, r, i)
}

// signed reports whether Discord signed the body, and when. An old request may be somebody's copy.
func (e *endpoint) signed(h http.Header, body []byte) (time.Time, bool) {
	signature, err := hex.DecodeString(h.Get("X-Signature-Ed25519"))
	if err != nil || len(signature) != ed25519.SignatureSize {
		return time.Time{}, false
	}
	stamp := h.Get("X-Signature-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || !ed25519.Verify(e.key, append([]byte(stamp), body...), signature) {
		return time.Time{}, false
	}
	return time.Unix(seconds, 0), true
}

// answer holds the request until the first answer is there, and writes it out.
func (e *endpoint) answer(w http.ResponseWriter, r *http.Request, i interaction) {
	// Nothing is buffered: an answer is taken while the request lasts, or refused.
	first := make(chan response)
	ctx, cancel := context.WithTimeout(r.Context(), e.client.timing.due)
	defer cancel()
	respond := func(_ context.Context, answer response) error {
		select {
		case first <- answer:
			return nil
		case <-ctx.Done():
			return errTooLate
		}
	}
	if !e.client.whileOpen(func() bool { return e.client.onInteraction(ctx, i, respond) }) {
		http.Error(w, "not an interaction that can be answered", http.StatusServiceUnavailable)
		return
	}
	select {
	case answer := <-first:
		write(w, answer)
	case <-ctx.Done():
		http.Error(w, "no answer in time", http.StatusServiceUnavailable)
	}
}

func write(w http.ResponseWriter, answer response) {
	var body bytes.Buffer
	if err := json.NewEncoder(&body).Encode(answer); err != nil {
		http.Error(w, "cannot encode the answer", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = body.WriteTo(w) // a client that left gets nothing
}
