package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot/journal"
	"frontdesk/bot/publish"
)

// recentTime bounds how long a command reads the journal, and how long it asks what people asked lately.
const recentTime = 30 * time.Second

// recently returns what people asked lately, as far as staff may see their words, from the journal of the serve whose data
// folder is given; none where there is no journal. That it cannot be read is told, and is no error: golden questions do
// without it.
func (p program) recently(ctx context.Context, data string) []publish.Question {
	ctx, cancel := context.WithTimeout(ctx, recentTime)
	defer cancel()
	where, err := p.journalOf(data)
	if where == "" && err == nil {
		return nil
	}
	var questions []publish.Question
	if err == nil {
		questions, err = readRecent(ctx, where)
	}
	if err != nil {
		fmt.Fprintln(p.errs, "what people asked lately is left out:", err)
	}
	return questions
}

// journalOf returns where the journal is that goes with a data folder; empty where there is none.
func (p program) journalOf(data string) (string, error) {
	if address := p.env("FRONTDESK_DATABASE_URL"); address != "" {
		return databaseAddress(address)
	}
	if data == "" {
		return "", nil
	}
	switch _, err := os.Stat(journalFile(data)); {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("look for the journal: %w", err)
	}
	return journalFile(data), nil
}

func readRecent(ctx context.Context, where string) ([]publish.Question, error) {
	j, err := journal.Open(ctx, where, journal.Config{}, zap.NewNop())
	if err != nil {
		return nil, err
	}
	defer j.Close()
	return recentOf(j)(ctx)
}
