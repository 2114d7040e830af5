package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// A Shown is what is kept of a reply that showed a section.
type Shown struct {
	At         time.Time
	Confidence float64               // 0 to 1
	Nearest    []knowledge.SectionID // that came closest, best first, three at most
	Text       string                // of the question, only where it is kept as written; empty otherwise
	Lang       string
}

// LastShown returns the latest reply to a question in a room that showed a section; false when none is kept. Of private rooms
// none is found, since their ids are not kept.
func (j *Journal) LastShown(ctx context.Context, room bot.RoomID, section knowledge.SectionID) (Shown, bool, error) {
	if err := j.store.migrate(ctx); err != nil {
		return Shown{}, false, fmt.Errorf("look for a reply: %w", err)
	}
	oldest := j.config.Now().Add(-j.config.Retention).UnixMilli()
	var s Shown
	var at int64
	var nearest, setting string
	err := j.store.read.QueryRowContext(ctx, `SELECT at, confidence, nearest, kept, question, lang FROM journal_exchanges
		WHERE room = $1 AND at >= $2 AND section = $3 AND asks = 1 ORDER BY at DESC, id LIMIT 1`,
		clean(string(room), maxID), oldest, string(cleanID(section))).Scan(&at, &s.Confidence, &nearest, &setting, &s.Text, &s.Lang)
	if errors.Is(err, sql.ErrNoRows) {
		return Shown{}, false, nil
	}
	if err != nil {
		return Shown{}, false, fmt.Errorf("look for a reply: %w", err)
	}
	if p, _ := kept(setting); p != Full {
		s.Text = ""
	}
	s.At, s.Nearest = time.UnixMilli(at), sections(nearest)
	return s, true, nil
}
