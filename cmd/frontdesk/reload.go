package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"go.uber.org/zap"

	"frontdesk/bot/publish"
	"frontdesk/index"
	"frontdesk/knowledge/versions"
)

// newPublisher returns what brings staff's files to the desk, as c says. recent gives the questions that people asked
// lately, told hears of everything that staff should; either may be nil.
func (p program) newPublisher(
	c config, o index.Options, recent func(context.Context) ([]publish.Question, error), told func(publish.Event), log *zap.Logger,
) *publish.Publisher {
	settings := publish.Config{Path: c.Knowledge, Files: sample(), Load: p.reader(), Options: o, Recent: recent, Told: told}
	if c.Data != "" && c.Knowledge != "" {
		store, err := openVersions(c.Data)
		if err != nil {
			log.Error("versions are not kept until the next start", zap.Error(err))
		}
		settings.Versions = store
	}
	return publish.New(settings, log)
}

// openVersions opens the versions that are kept in the data folder.
func openVersions(data string) (*versions.Store, error) {
	return versions.Open(versionsFolder(data), 0)
}

// versionsFolder is where a data folder has the versions.
func versionsFolder(data string) string { return filepath.Join(data, "versions") }

// startPublisher serves the first version. The error says what an operator can do: where files have errors, to mend those
// first, since what is missing may stand in them.
func startPublisher(ctx context.Context, c config, p *publish.Publisher) (*index.Live, error) {
	live, err := p.Start(ctx)
	if unfit, ok := errors.AsType[publish.UnfitError](err); ok {
		return nil, errors.New(unfitText(c.Knowledge, unfit))
	}
	switch {
	case errors.Is(err, publish.ErrNoArticle):
		return nil, fmt.Errorf("%q holds no article; \"frontdesk init DIR\" makes a folder to start from", c.Knowledge)
	case errors.Is(err, publish.ErrNoContact):
		return nil, errors.New(noContact)
	}
	return live, err
}

// unfitText lists the errors and says what could not be read for them.
func unfitText(folder string, e publish.UnfitError) string {
	missing := "no article can be read"
	if errors.Is(e, publish.ErrNoContact) {
		missing = "no contact link can be read, and people must always be able to reach a human"
	}
	var s strings.Builder
	fmt.Fprintf(&s, "in %q %s. Mend this first:", folder, missing)
	for _, problem := range e.Faults[:min(mostFaults, len(e.Faults))] {
		fmt.Fprintf(&s, "\n  %s", problem)
	}
	if more := len(e.Faults) - mostFaults; more > 0 {
		fmt.Fprintf(&s, "\n  and %d more, which \"frontdesk check\" lists", more)
	}
	return s.String()
}

// mostFaults is how many errors fit on a screen.
const mostFaults = 20
