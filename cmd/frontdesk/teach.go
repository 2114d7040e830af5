package main

import (
	"context"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/teach"
)

// openTeacher opens what staff teach the desk with from their chat.
func (h *house) openTeacher(c config, log *zap.Logger) error {
	settings := teach.Config{Live: h.live, Publisher: h.files, Policy: bot.DefaultPolicy, Book: h.book, Journal: h.journal, Dir: c.Data}
	if c.ConsoleAddr != "" {
		settings.Link = h.consoleLink
	}
	var err error
	if h.teacher, err = teach.Open(settings, log); err == nil || c.Data == "" {
		return err
	}
	log.Error("who waits for an answer, and what staff were told, is known until the next start alone", zap.Error(err))
	settings.Dir = ""
	h.teacher, err = teach.Open(settings, log)
	return err
}

// teach tells staff and people what they should know without asking, through the bots, until ctx ends.
func (h *house) teach(ctx context.Context) error {
	posters := map[string]teach.Poster{}
	for name, b := range h.bots {
		posters[name] = b
	}
	return h.teacher.Run(ctx, posters)
}
