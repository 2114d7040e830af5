package main

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"

	"frontdesk/index"
	"frontdesk/index/embed"
)

// indexOptions says how snapshots are built: with meaning beside words where the operator gave a model. A model on this
// machine is a folder; one behind an address keeps the vectors of staff's texts in the data folder, so that a build
// asks only for what is new. unkept hears when they cannot be kept, which costs time alone.
func (p program) indexOptions(unkept func(error)) (index.Options, error) {
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
		unkept(err)
		return index.Options{Embedder: remote}, nil
	}
	return index.Options{Embedder: remote, Kept: cache}, nil
}

// unkept tells whoever gave a command that it will take as long again.
func (p program) unkept(err error) { fmt.Fprintf(p.errs, "warning: vectors are not kept: %v\n", err) }
