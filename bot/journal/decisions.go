package journal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"frontdesk/knowledge"
)

// A Verdict is how staff settled a suggestion or a miss.
type Verdict string

// The verdicts: the first two on suggestions, the others on misses.
const (
	Accepted   Verdict = "accepted"
	Rejected   Verdict = "rejected"
	Taught     Verdict = "taught"       // the knowledge answers it now; it shows again if it is missed again
	OutOfScope Verdict = "out of scope" // the desk is not there for it
	Ignored    Verdict = "ignored"
)

// The kinds of what is settled.
const (
	kindPhrasing = "phrasing"
	kindMiss     = "miss"
)

// A likeness names what was settled without keeping its words, so that a decision can outlive the questions.
type likeness struct {
	section knowledge.SectionID
	of      string
}

func likenessOf(bare string) string {
	sum := sha256.Sum256([]byte(bare))
	return hex.EncodeToString(sum[:])
}

type decision struct {
	verdict Verdict
	at      time.Time
}

// Decide records what a member of staff made of a suggestion: Accepted or Rejected. It is not offered again, nor is
// anything alike for that section. Writing the phrasing into the knowledge is for whoever calls this.
func (j *Journal) Decide(ctx context.Context, s Suggestion, v Verdict, staff string) error {
	if v != Accepted && v != Rejected {
		return fmt.Errorf("settle a suggestion: no verdict %q: want %s or %s", v, Accepted, Rejected)
	}
	return j.decide(ctx, kindPhrasing, s.Section, s.Text, v, staff)
}

// Settle records what a member of staff made of a miss: Taught, OutOfScope or Ignored.
func (j *Journal) Settle(ctx context.Context, m Miss, v Verdict, staff string) error {
	if v != Taught && v != OutOfScope && v != Ignored {
		return fmt.Errorf("settle a miss: no verdict %q: want %s, %s or %s", v, Taught, OutOfScope, Ignored)
	}
	return j.decide(ctx, kindMiss, "", m.Text, v, staff)
}

func (j *Journal) decide(ctx context.Context, kind string, section knowledge.SectionID, text string, v Verdict, staff string) error {
	ctx, cancel := context.WithTimeout(ctx, writeTime)
	defer cancel()
	free, err := j.acquire(ctx)
	if err != nil {
		return fmt.Errorf("settle a %s: %w", kind, err)
	}
	defer free()
	if err = j.store.migrate(ctx); err == nil {
		_, err = j.store.write.ExecContext(ctx, `INSERT INTO journal_decisions (kind, section, likeness, verdict, staff, at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (kind, section, likeness) DO UPDATE SET verdict = excluded.verdict, staff = excluded.staff, at = excluded.at`,
			kind, string(section), likenessOf(bare(text)), string(v), clean(staff, maxID), j.config.Now().UnixMilli())
	}
	if err != nil {
		return fmt.Errorf("settle a %s: %w", kind, err)
	}
	return nil
}

// settled returns the decisions of a kind.
func (j *Journal) settled(ctx context.Context, kind string) (map[likeness]decision, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	rows, err := j.store.read.QueryContext(ctx, "SELECT section, likeness, verdict, at FROM journal_decisions WHERE kind = $1", kind)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[likeness]decision{}
	for rows.Next() {
		var l likeness
		var d decision
		var at int64
		if err := rows.Scan(&l.section, &l.of, &d.verdict, &at); err != nil {
			return nil, err
		}
		d.at = time.UnixMilli(at)
		all[l] = d
	}
	return all, rows.Err()
}
