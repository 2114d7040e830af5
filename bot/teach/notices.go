package teach

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/publish"
	"frontdesk/knowledge/versions"
)

// announce tells the staff's rooms what happened to the knowledge. The room that brought it about knows already.
func (t *Teacher) announce(ctx context.Context, e publish.Event) {
	settings := t.settings()
	r := t.notice(wordsFor(settings.Lang), e)
	var knows bot.RoomID
	if e.Kind == publish.Live {
		knows, _ = t.own.take(e.Version.ID)
	}
	eachRoom(settings.Staff.Rooms, func(room bot.RoomID) bool { return room == knows || t.post(ctx, room, r) })
}

// state is what staff should be told of files that were not fit when the program started; false when they were.
func (t *Teacher) state() (publish.Event, bool) {
	s := t.config.Publisher.Status()
	if faults := publish.Errors(s.Problems); len(faults) > 0 {
		return publish.Event{Kind: publish.Refused, Version: s.Serving, Problems: faults}, true
	}
	return publish.Event{Kind: publish.Blocked, Version: s.Serving, Report: s.Blocked}, s.Blocked != nil
}

// eachRoom posts to all rooms at once, so that none waits for another that cannot be reached. It reports whether any got
// what was for it.
func eachRoom(rooms []string, post func(bot.RoomID) bool) bool {
	var work sync.WaitGroup
	var got atomic.Bool
	for _, room := range rooms {
		work.Go(func() {
			if post(bot.RoomID(room)) {
				got.Store(true)
			}
		})
	}
	work.Wait()
	return got.Load()
}

// notice says what happened.
func (t *Teacher) notice(say words, e publish.Event) bot.Reply {
	r := bot.Reply{}
	switch e.Kind {
	case publish.Refused:
		r = said(fill(say.NotLive, "n", number(len(e.Problems))), problems(say, e.Problems))
	case publish.Blocked:
		r = said(say.HeldBack)
		if e.Report != nil {
			r = t.heldBack(say, r, *e.Report)
		}
	case publish.InOrder:
		r = said(say.InOrder)
	case publish.Back:
		pinned := ""
		if e.Pinned {
			pinned = say.Pinned
		}
		r = said(fill(say.AnswersAgain, "version", publish.Short(e.Version.ID), "by", by(say, e.Version)), pinned)
	default:
		r = said(fill(say.NowLive, "by", by(say, e.Version), "files", quote(publish.Files(e.Version.Changes))))
		if e.Report != nil && (e.Report.Changed > 0 || e.Report.Reworded > 0 || len(e.Report.Broken) > 0) {
			r.Text += "\n\n" + reportText(say, *e.Report, question{})
		}
	}
	r.Lang = say.Lang
	return r
}

func by(say words, v versions.Version) string {
	s := ""
	if v.Author != "" {
		s = fill(say.By, "who", quote(v.Author))
	}
	if v.Reason != "" {
		s += " (" + quote(v.Reason) + ")"
	}
	return s
}

// How often something is posted until it is given up.
const (
	postAttempts = 4
	postTime     = time.Minute // of one attempt
)

// post sends a reply to a room; what cannot be sent is tried again, then logged, and false comes back.
func (t *Teacher) post(ctx context.Context, room bot.RoomID, r bot.Reply) bool {
	pause := t.config.Pause
	for attempt := 1; ; attempt++ {
		err := t.postOnce(ctx, room, r)
		if err == nil || ctx.Err() != nil {
			return err == nil
		}
		if attempt == postAttempts {
			t.log.Warn("the staff's room cannot be written to", zap.String("room", string(room)), zap.Error(err))
			return false
		}
		rest := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-rest.C:
		}
		rest.Stop()
		pause *= 2
	}
}

func (t *Teacher) postOnce(ctx context.Context, room bot.RoomID, r bot.Reply) error {
	p, err := t.poster(string(room))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, postTime)
	defer cancel()
	return p.Post(ctx, room, r)
}

// postTo sends a reply to a person in private.
func (t *Teacher) postTo(ctx context.Context, who bot.PersonID, r bot.Reply) error {
	p, err := t.poster(string(who))
	if err != nil {
		return err
	}
	return p.PostTo(ctx, who, r)
}

// poster returns what posts to a room or a person of a platform; an error where nothing does, or Run is not at work.
func (t *Teacher) poster(id string) (Poster, error) {
	platform, _, _ := strings.Cut(id, ":")
	if all := t.posters.Load(); all != nil {
		if p, ok := (*all)[platform]; ok {
			return p, nil
		}
	}
	return nil, fmt.Errorf("nothing posts to %q", platform)
}
