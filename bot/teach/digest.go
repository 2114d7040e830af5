package teach

import (
	"context"
	"fmt"
	"slices"
	"time"

	"go.uber.org/zap"

	"frontdesk/bot"
	"frontdesk/bot/journal"
	"frontdesk/knowledge"
)

// How often the staff's rooms hear of what waits for them, and of how much of it at a time.
const (
	reviewsEvery = 7 * 24 * time.Hour
	digestMisses = 5
	maxTold      = 2000 // misses of which it is remembered that they were told
)

// A diary remembers what staff were told, in the file teach.json. It names misses by their keys, not in words. Only Run
// touches it.
type diary struct {
	path string

	Digest  string    `json:"digest"`  // the day of the last digest, such as 2026-11-23
	Reviews time.Time `json:"reviews"` // when the last reminder of reviews was sent
	Misses  []string  `json:"misses"`  // that were in a digest, the oldest first
}

func openDiary(dir string) (*diary, error) {
	d := &diary{path: inDir(dir, "teach.json")}
	if err := readKept(d.path, d); err != nil {
		return nil, fmt.Errorf("open what staff were told: %w", err)
	}
	return d, nil
}

// due posts what is due: once a day what is newly unanswered, and once a week which sections are to be reviewed.
func (t *Teacher) due(ctx context.Context) {
	t.sweep()
	t.tellAgain(ctx)
	now, rooms := t.clock(t.config.Now()), t.settings().Staff.Rooms
	if now.Hour() < t.config.Hour || len(rooms) == 0 {
		return
	}
	today := now.Format(time.DateOnly)
	if t.diary.Digest == today {
		return
	}
	t.digest(ctx, rooms)
	if ctx.Err() != nil {
		return // the next start posts it
	}
	if now.Sub(t.diary.Reviews) >= reviewsEvery-time.Hour { // a digest is not posted at the same second every day
		if t.remind(ctx, rooms) {
			t.diary.Reviews = now
		}
	}
	t.diary.Digest = today
	if err := keep(t.diary.path, t.diary); err != nil {
		t.log.Warn("it cannot be kept what staff were told, so they may be told twice", zap.Error(err))
	}
}

// digest posts the misses that staff have not heard of, if there are any. Where no room can be reached, they are in the
// next one.
func (t *Teacher) digest(ctx context.Context, rooms []string) {
	if t.config.Journal == nil {
		return
	}
	all, hidden, err := t.misses(ctx)
	if err != nil {
		t.log.Error("read the misses", zap.Error(err))
		return
	}
	fresh := slices.DeleteFunc(slices.Clone(all), func(m journal.Miss) bool {
		return slices.Contains(t.diary.Misses, question{text: m.Text}.id())
	})
	if len(fresh) == 0 {
		return
	}
	say := wordsFor(t.settings().Lang)
	shown := fresh[:min(digestMisses, len(fresh))]
	head := said(fill(say.Digest, "n", number(len(fresh))), t.hidden(say, hidden))
	if len(all) > len(shown) {
		head.Choices = []bot.Choice{{Label: fill(say.GoThrough, "n", number(len(all))), Press: next.press()}}
	}
	head.Lang = say.Lang
	told := eachRoom(rooms, func(room bot.RoomID) bool {
		if !t.post(ctx, room, head) {
			return false
		}
		for _, m := range shown {
			r := t.miss(say, m, false)
			r.Lang = say.Lang
			t.post(ctx, room, r)
		}
		return true
	})
	if !told {
		return
	}
	for _, m := range fresh {
		t.diary.Misses = append(t.diary.Misses, question{text: m.Text}.id())
	}
	t.diary.Misses = t.diary.Misses[max(0, len(t.diary.Misses)-maxTold):]
}

// remind posts the sections that staff meant to review by now; false when there are none, or no room
// can be reached.
func (t *Teacher) remind(ctx context.Context, rooms []string) bool {
	say := wordsFor(t.settings().Lang)
	l := list{say: say}
	for _, s := range t.overdue(t.today()) {
		title := s.Title
		if title == "" {
			title = s.Article
		}
		l.lines = append(l.lines, fill(say.Due, "title", quote(title), "date", s.ReviewBy.Format(time.DateOnly), "at", quote(s.Source.String())))
	}
	if len(l.lines) == 0 {
		return false
	}
	how := ""
	if t.config.Link != nil {
		how = say.ReviewHow
	}
	r := said(fill(say.Reviews, "n", number(len(l.lines))), l.String(), how)
	r.Lang = say.Lang
	return eachRoom(rooms, func(room bot.RoomID) bool { return t.post(ctx, room, r) })
}

// overdue returns the sections whose day of review is past on a day, those first that wait longest.
func (t *Teacher) overdue(today time.Time) []knowledge.Section {
	s, release := t.config.Live.Acquire()
	defer release()
	due := slices.DeleteFunc(s.Base().Sections(), func(s knowledge.Section) bool {
		return !s.Overdue(today) || s.Expired(today)
	})
	slices.SortStableFunc(due, func(a, b knowledge.Section) int { return a.ReviewBy.Compare(b.ReviewBy) })
	return due
}
