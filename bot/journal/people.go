package journal

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"

	"frontdesk/bot"
)

// salts are the random keys of the days of which rows are kept, by day. Under another day's salt a person has another
// name, so that rows of two days cannot be seen to be of one person. They are kept as long as the rows, since nobody
// could be forgotten without them: whoever has the database and somebody's id can find that person's rows.
type salts map[string][]byte

// A querier is a database or a transaction.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func loadSalts(ctx context.Context, db querier) (salts, error) {
	rows, err := db.QueryContext(ctx, "SELECT day, salt FROM journal_salts ORDER BY day")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	s := salts{}
	for rows.Next() {
		var day, text string
		if err := rows.Scan(&day, &text); err != nil {
			return nil, err
		}
		if s[day], err = hex.DecodeString(text); err != nil {
			return nil, fmt.Errorf("salt of %q: %w", day, err)
		}
	}
	return s, rows.Err()
}

// ensure makes the salt of a day, unless there is one. Of several programs that do so at once, one wins.
func (s salts) ensure(ctx context.Context, db querier, day string) error {
	if s[day] != nil {
		return nil
	}
	fresh := make([]byte, 32)
	rand.Read(fresh)
	const insert = "INSERT INTO journal_salts (day, salt) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING"
	if _, err := db.ExecContext(ctx, insert, day, hex.EncodeToString(fresh)); err != nil {
		return err
	}
	var text string
	if err := db.QueryRowContext(ctx, "SELECT salt FROM journal_salts WHERE day = $1", day).Scan(&text); err != nil {
		return err
	}
	salt, err := hex.DecodeString(text)
	s[day] = salt
	return err
}

// hash returns a person's name on a day; empty for nobody, and for a day without a salt, of which there are no rows.
func (s salts) hash(p bot.PersonID, day string) string {
	if p == "" || s[day] == nil {
		return ""
	}
	mac := hmac.New(sha256.New, s[day])
	mac.Write([]byte(p))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// hashes returns a person's names on all days.
func (s salts) hashes(p bot.PersonID) []string {
	var all []string
	for day := range s {
		all = append(all, s.hash(p, day))
	}
	return all
}

// Forget deletes all rows of a person, those that wait as well, and returns how many there were. What was only counted,
// as messages that speak of danger, bears no name and stays. Backups made before keep what they hold.
func (j *Journal) Forget(ctx context.Context, p bot.PersonID) (int, error) {
	if p == "" {
		return 0, nil
	}
	free, err := j.acquire(ctx) // no batch with the person's rows is under way from here on
	if err != nil {
		return 0, fmt.Errorf("forget a person: %w", err)
	}
	defer free()
	n := j.buffer.forget(p)
	defer j.deleted()
	deleted, err := j.forgetWritten(ctx, p)
	if err != nil {
		return n, fmt.Errorf("forget a person: %w", err)
	}
	return n + deleted, nil
}

// forgetSpan bounds how many days are looked at in one statement.
const forgetSpan = 500

func (j *Journal) forgetWritten(ctx context.Context, p bot.PersonID) (int, error) {
	if err := j.store.migrate(ctx); err != nil {
		return 0, err
	}
	salts, err := loadSalts(ctx, j.store.write)
	if err != nil {
		return 0, err
	}
	deleted := 0
	for hashes := salts.hashes(p); len(hashes) > 0; {
		some := hashes[:min(forgetSpan, len(hashes))]
		hashes = hashes[len(some):]
		in, args := list(some, 1)
		result, err := j.store.write.ExecContext(ctx, "DELETE FROM journal_exchanges WHERE person IN ("+in+")", args...)
		if err != nil {
			return deleted, err
		}
		n, err := result.RowsAffected()
		if err != nil {
			return deleted, err
		}
		deleted += int(n)
	}
	return deleted, j.store.emptyLog(ctx)
}
