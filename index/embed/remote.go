package embed

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
)

// Remote asks an HTTP endpoint for vectors: Ollama, the llama.cpp server, Text Embeddings Inference and others speak
// this protocol. Whatever is embedded leaves this machine for the endpoint's: staff's texts while building, and
// people's questions while answering.
//
// Source: https://platform.openai.com/docs/api-reference/embeddings/create.
type Remote struct {
	endpoint string
	model    string
	key      string
	client   *http.Client
}

// The bounds of one request.
const (
	remoteBatch     = 64       // texts
	maxRemoteText   = 8 << 10  // bytes of one text
	maxRemoteAnswer = 64 << 20 // bytes
)

// NewRemote returns a model behind base, such as "http://127.0.0.1:11434". The key is sent as a bearer token and may be
// empty. The client should have no timeout of its own: deadlines come with each call's context.
func NewRemote(base, model, key string, client *http.Client) (*Remote, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("address of the embeddings endpoint %q: want one such as http://127.0.0.1:11434", base)
	}
	if model == "" {
		return nil, errors.New("the embeddings endpoint needs a model's name")
	}
	path := strings.TrimSuffix(strings.TrimRight(u.Path, "/"), "/v1")
	u.Path = path + "/v1/embeddings"
	return &Remote{endpoint: u.String(), model: model, key: key, client: client}, nil
}

// Name returns "remote:" and the model's name.
func (m *Remote) Name() string { return "remote:" + m.model }

// Embed implements [Model]. Texts go out in batches; errors hold neither texts nor the key.
func (m *Remote) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, 0, len(texts))
	for len(texts) > 0 {
		n := min(len(texts), remoteBatch)
		batch, err := m.embed(ctx, texts[:n])
		if err != nil {
			return nil, fmt.Errorf("ask the embeddings endpoint: %w", err)
		}
		vectors = append(vectors, batch...)
		texts = texts[n:]
	}
	for _, v := range vectors {
		if len(v) != len(vectors[0]) {
			return nil, errors.New("ask the embeddings endpoint: vectors of different dimensions")
		}
	}
	return vectors, nil
}

func (m *Remote) embed(ctx context.Context, texts []string) ([][]float32, error) {
	bounded := make([]string, len(texts))
	for i, t := range texts {
		bounded[i] = strings.ToValidUTF8(t[:min(len(t), maxRemoteText)], "")
	}
	body, err := json.Marshal(map[string]any{"model": m.model, "input": bounded, "encoding_format": "float"})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.endpoint, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if m.key != "" {
		req.Header.Set("Authorization", "Bearer "+m.key)
	}
	resp, err := m.client.Do(req)
	if address, ok := errors.AsType[*url.Error](err); ok {
		return nil, address.Err // without the address, which may hold a key
	}
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		io.CopyN(io.Discard, resp.Body, 4<<10)
		return nil, fmt.Errorf("it answered %q%s", resp.Status, hint(resp.StatusCode))
	}
	return parseEmbeddings(io.LimitReader(resp.Body, maxRemoteAnswer), len(texts))
}

// hint says what to look at after a refusal; empty when that says nothing.
func hint(status int) string {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return ": is the key right?"
	case http.StatusNotFound:
		return ": are the address and the model's name right?"
	}
	return ""
}

// parseEmbeddings reads an answer that should hold n vectors.
func parseEmbeddings(r io.Reader, n int) ([][]float32, error) {
	var answer struct {
		Data []struct {
			Index     int       `json:"index"`
			Embedding []float32 `json:"embedding"`
		} `json:"data"`
	}
	if err := json.NewDecoder(r).Decode(&answer); err != nil {
		return nil, fmt.Errorf("read its answer: %w", err)
	}
	vectors := make([][]float32, n)
	for _, d := range answer.Data {
		if d.Index < 0 || d.Index >= n || vectors[d.Index] != nil || len(d.Embedding) == 0 {
			return nil, errors.New("its answer does not fit the request")
		}
		normalise(d.Embedding)
		vectors[d.Index] = d.Embedding
	}
	for _, v := range vectors {
		if v == nil {
			return nil, errors.New("its answer lacks some of the vectors")
		}
	}
	return vectors, nil
}
