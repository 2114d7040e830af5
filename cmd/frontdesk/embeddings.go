package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"frontdesk/index"
	"frontdesk/index/embed"
)

// indexOptions says how snapshots are built: with meaning beside words where the operator gave a model. A model on this
// machine is a folder; one behind an address keeps the vectors of staff's texts in the data folder, so that a build
// asks only for what is new. warn hears when they cannot be kept, which costs time alone, and when the endpoint does not
// answer, which the vectors kept and answers without meaning may outlast.
func (p program) indexOptions(ctx context.Context, warn func(error)) (index.Options, error) {
	where, data := p.env("FRONTDESK_EMBEDDINGS"), p.env("FRONTDESK_DATA")
	switch {
	case where == "":
		return index.Options{}, nil
	case !strings.HasPrefix(where, "http://") && !strings.HasPrefix(where, "https://"):
		model, err := embed.OpenStatic(where)
		if err != nil {
			return index.Options{}, fmt.Errorf("FRONTDESK_EMBEDDINGS: %w", err)
		}
		return index.Options{Embedder: model}, nil
	}
	key, err := secret(p.env("FRONTDESK_EMBEDDINGS_KEY"))
	if err != nil {
		return index.Options{}, fmt.Errorf("FRONTDESK_EMBEDDINGS_KEY: %w", err)
	}
	remote, err := embed.NewRemote(where, p.env("FRONTDESK_EMBEDDINGS_MODEL"), key, &http.Client{})
	if err != nil {
		return index.Options{}, fmt.Errorf("FRONTDESK_EMBEDDINGS: %w", err)
	}
	if data == "" {
		return index.Options{Embedder: remote}, nil
	}
	cache, err := embed.OpenCache(remote, filepath.Join(data, "vectors"))
	if err != nil {
		warn(fmt.Errorf("vectors are not kept, and each start asks for all of them again: %w", err))
		return index.Options{Embedder: remote}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, endpointPatience)
	defer cancel()
	if err := cache.Check(ctx); err != nil {
		warn(fmt.Errorf("no meaning beside words until the endpoint answers: %w", err))
	}
	return index.Options{Embedder: remote, Kept: cache}, nil
}

// endpointPatience is how long a start waits for the endpoint to show that it answers.
const endpointPatience = 5 * time.Second

// warn tells whoever gave a command what is not as it should be.
func (p program) warn(err error) { fmt.Fprintf(p.errs, "warning: FRONTDESK_EMBEDDINGS: %v\n", err) }
