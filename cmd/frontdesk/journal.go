package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/journal"
	"frontdesk/bot/publish"
	"frontdesk/bot/teach"
	"frontdesk/knowledge"
)

// openJournal opens the journal that c asks for; nil when none is kept.
func openJournal(ctx context.Context, c config, log *zap.Logger) (*journal.Journal, error) {
	where := c.Database
	switch {
	case c.Journal == knowledge.KeepNothing:
		return nil, nil
	case where == "" && c.Data == "":
		log.Info("no journal is kept: neither FRONTDESK_DATA nor FRONTDESK_DATABASE_URL is set")
		return nil, nil
	case where == "":
		where = journalFile(c.Data)
	}
	j, err := journal.Open(ctx, where, journal.Config{Privacy: c.Journal, Retention: c.JournalTime}, log)
	switch {
	case err == nil:
		log.Info("a journal is kept", zap.String("of", string(c.Journal)), zap.Duration("for", c.JournalTime), zap.Bool("postgres", c.Database != ""))
		return j, nil
	case c.Database != "":
		return nil, fmt.Errorf("%w; check FRONTDESK_DATABASE_URL, or set FRONTDESK_JOURNAL=off to keep none", err)
	}
	return nil, fmt.Errorf("%w; move the file away to begin a new journal, or set FRONTDESK_JOURNAL=off to keep none", err)
}

// journalFile is the journal in a data folder.
func journalFile(data string) string { return filepath.Join(data, "journal.db") }

// databaseAddress reads the address of a PostgreSQL database, or the path of a file that holds it. Errors never hold it.
func databaseAddress(value string) (string, error) {
	if isPostgres(value) {
		return value, nil
	}
	path := value
	if !strings.ContainsAny(path, `/\`) {
		path = "./" + path // a password without an address is no use
	}
	if address, err := secret(path); err == nil && isPostgres(address) {
		return address, nil
	}
	return "", errors.New("want postgres://USER:PASSWORD@HOST/DATABASE, or the path of a file that holds it")
}

func isPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// journalPrivacy reads what a journal keeps, or "off".
func journalPrivacy(value string) (knowledge.Privacy, error) {
	if value == string(knowledge.KeepNothing) {
		return knowledge.KeepNothing, nil
	}
	p, err := journal.ParsePrivacy(value)
	if err != nil {
		return "", fmt.Errorf("want counts, clustered, full or off, not %q", value)
	}
	return p, nil
}

// retention reads a number of days.
func retention(value string) (time.Duration, error) {
	const most = 3650
	days, err := strconv.Atoi(value)
	if err != nil || days < 1 || days > most {
		return 0, fmt.Errorf("want a number of days from 1 to %d, not %q", most, value)
	}
	return time.Duration(days) * 24 * time.Hour, nil
}

// recentQuestions is how many questions the gate asks of a new version.
const recentQuestions = 200

// recentOf returns the questions that the publish gate may ask: those whose words staff may see; nil without a journal.
func recentOf(j *journal.Journal) func(context.Context) ([]publish.Question, error) {
	if j == nil {
		return nil
	}
	return func(ctx context.Context) ([]publish.Question, error) {
		asked, err := j.Recent(ctx, recentQuestions)
		var questions []publish.Question
		for _, a := range asked {
			questions = append(questions, publish.Question{Text: a.Text, Lang: a.Lang})
		}
		return questions, err
	}
}

// A witness hears of every exchange: it counts them for /metrics and hands them to the journal, where there is one.
type witness struct {
	journal *journal.Journal // nil for none
	counts  *counts
	teacher *teach.Teacher // nil for none
}

// Record implements bot.Journal. A greeting that nobody asked for, as the chat page shows it to whoever opens it, is no
// exchange with anybody.
func (w witness) Record(e bot.Exchange) {
	if e.Room == "" && e.Text == "" {
		return
	}
	w.counts.add(e)
	if w.journal != nil {
		w.journal.Record(e)
		if w.teacher != nil {
			w.teacher.Record(e)
		}
	}
}

// Terms implements bot.Keeper.
func (w witness) Terms(room bot.RoomID) bot.Terms {
	if w.journal == nil {
		return bot.Terms{Privacy: knowledge.KeepNothing}
	}
	return w.journal.Terms(room)
}

// Forget implements bot.Keeper.
func (w witness) Forget(ctx context.Context, p bot.PersonID) (int, error) {
	if w.journal == nil {
		return 0, nil
	}
	return w.journal.Forget(ctx, p)
}
