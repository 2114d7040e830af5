package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"frontdesk/index"
	"frontdesk/index/embed"
)

// indexOptions says how snapshots are built: with meaning beside words where the operator gave a model. A model on this
// machine is a folder; one behind an address keeps the vectors of staff's texts in the data folder, so that a build
// asks only for what is new. tell hears when they cannot be kept, which costs time alone, and when the endpoint ceases to
// answer, which the vectors kept and answers without meaning may outlast; nil when it answers again.
func (p program) indexOptions(ctx context.Context, tell func(error)) (index.Options, error) {
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
	endpoint := &watched{Embedder: remote, tell: tell}
	if data == "" {
		return index.Options{Embedder: endpoint}, nil
	}
	cache, err := embed.OpenCache(remote, filepath.Join(data, "vectors"))
	if err != nil {
		tell(fmt.Errorf("vectors are not kept, and each start asks for all of them again: %w", err))
		return index.Options{Embedder: endpoint}, nil
	}
	ctx, cancel := context.WithTimeout(ctx, endpointPatience)
	defer cancel()
	if err := cache.Check(ctx); err != nil {
		endpoint.failed.Store(ceased)
		tell(fmt.Errorf("no meaning beside words until the endpoint answers: %w", err))
	}
	return index.Options{Embedder: endpoint, Kept: cache}, nil
}

// closeVectors lets go of the file in which vectors are kept, where there is one. Who builds after that is given vectors all
// the same.
func closeVectors(o index.Options) {
	if kept, ok := o.Kept.(*embed.Cache); ok {
		kept.Close() // each record was written when it was kept
	}
}

// A watched endpoint tells once when it ceases to answer, and once when it answers again. The desk goes on without it, so
// nobody else would.
type watched struct {
	index.Embedder
	tell   func(error)
	failed atomic.Int32 // in a row
}

// ceased is how many times in a row an endpoint fails before it is told: a single question may come when it is busy.
const ceased = 3

func (w *watched) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors, err := w.Embedder.Embed(ctx, texts)
	switch {
	case errors.Is(err, context.Canceled): // whoever asked has gone
	case err != nil:
		if w.failed.Add(1) == ceased {
			w.tell(fmt.Errorf("no meaning beside words until the endpoint answers: %w", err))
		}
	case w.failed.Swap(0) >= ceased:
		w.tell(nil)
	}
	return vectors, err
}

// endpointPatience is how long a start waits for the endpoint to show that it answers.
const endpointPatience = 5 * time.Second

// warn tells whoever gave a command what is not as it should be.
func (p program) warn(err error) {
	if err != nil {
		fmt.Fprintf(p.errs, "warning: FRONTDESK_EMBEDDINGS: %v\n", err)
	}
}

// tellEmbeddings logs what indexOptions tells.
func tellEmbeddings(log *zap.Logger, err error) {
	if err != nil {
		log.Warn("embeddings fail; answers go on by words", zap.Error(err))
		return
	}
	log.Info("the embeddings endpoint answers again")
}
