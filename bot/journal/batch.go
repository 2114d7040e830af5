package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/knowledge"
)

// How long after a question something still belongs to it.
const (
	choiceTime   = 15 * time.Minute // a choice, or a rewording: as long as the desk remembers a conversation
	feedbackTime = 24 * time.Hour   // a thumb
)

// A batch is a transaction that adds rows.
type batch struct {
	tx    *sql.Tx
	scrub scrubber
	salts salts
}

// add writes a row, and links it to the question that it belongs to.
func (b *batch) add(ctx context.Context, r row) error {
	if r.outcome == bot.Crisis {
		_, err := b.tx.ExecContext(ctx, "INSERT INTO journal_crises (id, day) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", r.id, dayOf(r.at))
		return err
	}
	if err := b.insert(ctx, r); err != nil {
		return err
	}
	switch {
	case r.chosen || r.press == bot.Show:
		return b.linkChoice(ctx, r)
	case r.press == bot.Helpful || r.press == bot.Useless:
		return b.linkFeedback(ctx, r)
	}
	return nil
}

func (b *batch) insert(ctx context.Context, r row) error {
	if r.person != "" {
		if err := b.salts.ensure(ctx, b.tx, dayOf(r.at)); err != nil {
			return err
		}
	}
	person := b.salts.hash(r.person, dayOf(r.at))
	if r.kept == Clustered {
		r.text = b.scrub.clean(r.text)
	}
	repeated, err := b.repeated(ctx, r, person)
	if err != nil {
		return err
	}
	var nearest []string
	for _, id := range r.nearest {
		nearest = append(nearest, string(id))
	}
	_, err = b.tx.ExecContext(ctx, `INSERT INTO journal_exchanges
		(id, at, day, person, repeated, platform, room, verb, outcome, section, expired, confidence, lang, took, kept, asks, question, nearest)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT (id) DO NOTHING`,
		r.id, r.at.UnixMilli(), dayOf(r.at), person, flag(repeated), r.platform, r.room, string(r.press), string(r.outcome), string(r.section),
		string(r.expired), r.confidence, r.lang, r.took.Microseconds(), keeping(r.kept, r.keptBy), flag(r.asks), r.text, strings.Join(nearest, "\n"))
	return err
}

// repeated tells whether the person asked something alike on another day. The daily hashes cannot tell, and
// would make three people of one who asks the same on three days.
func (b *batch) repeated(ctx context.Context, r row, today string) (bool, error) {
	if r.person == "" || r.text == "" {
		return false, nil
	}
	others := slices.DeleteFunc(b.salts.hashes(r.person), func(h string) bool { return h == today })
	if len(others) == 0 {
		return false, nil
	}
	in, args := list(others, 1)
	const lately = 200 // questions; nobody asks more, but somebody may share an account
	rows, err := b.tx.QueryContext(ctx, fmt.Sprintf(`SELECT question FROM journal_exchanges
		WHERE question <> '' AND person IN (%s) ORDER BY at DESC LIMIT %d`, in, lately), args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	asked := newFeatures(r.text)
	for rows.Next() {
		var earlier string
		if err := rows.Scan(&earlier); err != nil {
			return false, err
		}
		if asked.likeness(newFeatures(earlier)) >= faintlyAlike {
			return true, nil
		}
	}
	return false, rows.Err()
}

// linkChoice notes on an unsure question which section the person picked. A press without the desk's word for it, as
// after a restart, counts where its section was among the nearest.
func (b *batch) linkChoice(ctx context.Context, r row) error {
	q, err := b.question(ctx, r, choiceTime, "outcome = 'unsure' AND chosen = ''")
	if err != nil || q.id == 0 || !r.chosen && !slices.Contains(q.nearest, r.section) {
		return err
	}
	_, err = b.tx.ExecContext(ctx, "UPDATE journal_exchanges SET chosen = $1 WHERE id = $2", string(r.section), q.id)
	return err
}

// linkFeedback notes a thumb on the question whose answer it is about: the person's own, or in a room with several
// people the last one that was answered so.
func (b *batch) linkFeedback(ctx context.Context, r row) error {
	answered := "(section = $6 OR chosen = $6)"
	q, err := b.question(ctx, r, feedbackTime, answered)
	if err != nil {
		return err
	}
	own := q.id != 0
	if !own && !r.private {
		anybody := r
		anybody.person = ""
		if q, err = b.question(ctx, anybody, feedbackTime, answered); err != nil {
			return err
		}
	}
	if q.id == 0 {
		return nil
	}
	thumb := 1
	if r.press == bot.Useless {
		thumb = -1
	}
	if _, err := b.tx.ExecContext(ctx, "UPDATE journal_exchanges SET feedback = $1 WHERE id = $2", thumb, q.id); err != nil {
		return err
	}
	if own && thumb > 0 {
		return b.linkRewording(ctx, r, q)
	}
	return nil
}

// linkRewording notes on the question before a helpful one, which had not been answered, the section that it was about.
func (b *batch) linkRewording(ctx context.Context, r row, helpful asked) error {
	r.at = helpful.at.Add(-time.Millisecond)
	failed, err := b.question(ctx, r, choiceTime, "outcome IN ('unanswered', 'unsure') AND chosen = ''")
	if err != nil || failed.id == 0 {
		return err
	}
	related := slices.Contains(failed.nearest, r.section) || newFeatures(failed.text).likeness(newFeatures(helpful.text)) >= faintlyAlike
	if !related {
		return nil
	}
	_, err = b.tx.ExecContext(ctx, "UPDATE journal_exchanges SET reworded = $1 WHERE id = $2", string(r.section), failed.id)
	return err
}

// An asked is a question that was found again. Its id is zero when there was none.
type asked struct {
	id      int64
	at      time.Time
	text    string
	nearest []knowledge.SectionID
}

// question finds the last question in the room of r that meets a condition, not longer before r than within. It is
// asked by the same person, even when that was before midnight, unless r names nobody. The condition may use $6, the
// section of r.
func (b *batch) question(ctx context.Context, r row, within time.Duration, condition string) (asked, error) {
	if r.private && r.person == "" {
		return asked{}, nil // all private rooms of a platform have one name
	}
	earliest := r.at.Add(-within)
	args := []any{
		r.room, earliest.UnixMilli(), r.at.UnixMilli(), b.salts.hash(r.person, dayOf(r.at)), b.salts.hash(r.person, dayOf(earliest)),
		string(r.section), flag(r.person != ""),
	}
	var q asked
	var at int64
	var nearest string
	err := b.tx.QueryRowContext(ctx, fmt.Sprintf(`SELECT id, at, question, nearest FROM journal_exchanges
		WHERE room = $1 AND at BETWEEN $2 AND $3 AND verb = '' AND ($7 = 0 OR person <> '' AND person IN ($4, $5)) AND $6 <> '' AND %s
		ORDER BY at DESC, id LIMIT 1`, condition), args...).Scan(&q.id, &at, &q.text, &nearest)
	if errors.Is(err, sql.ErrNoRows) {
		return asked{}, nil
	}
	q.at, q.nearest = time.UnixMilli(at), sections(nearest)
	return q, err
}

// flag writes a boolean as the tables do.
func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// list returns placeholders from $first on, and the arguments for them.
func list(texts []string, first int) (placeholders string, args []any) {
	for i, text := range texts {
		if i > 0 {
			placeholders += ", "
		}
		placeholders += fmt.Sprintf("$%d", first+i)
		args = append(args, text)
	}
	return placeholders, args
}

// sections splits what the column nearest holds.
func sections(column string) []knowledge.SectionID {
	var ids []knowledge.SectionID
	for id := range strings.SplitSeq(column, "\n") {
		if id != "" {
			ids = append(ids, knowledge.SectionID(id))
		}
	}
	return ids
}
