package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"frontdesk/bot"
)

// Sweep deletes what is older than the retention, and the text of questions that today's privacy settings would not
// keep. Run does so at the start and every hour.
func (j *Journal) Sweep(ctx context.Context) error {
	free, err := j.acquire(ctx)
	if err != nil {
		return fmt.Errorf("sweep journal: %w", err)
	}
	defer free()
	if err := errors.Join(j.deleteOld(ctx), j.tighten(ctx), j.store.emptyLog(ctx)); err != nil {
		return fmt.Errorf("sweep journal: %w", err)
	}
	return nil
}

// deleteOld deletes rows by the minute, and what has only a day when that is over.
func (j *Journal) deleteOld(ctx context.Context) error {
	if err := j.store.migrate(ctx); err != nil {
		return err
	}
	defer j.deleted()
	oldest := j.config.Now().Add(-j.config.Retention)
	if _, err := j.store.write.ExecContext(ctx, "DELETE FROM journal_exchanges WHERE at < $1", oldest.UnixMilli()); err != nil {
		return err
	}
	for _, table := range []string{"journal_crises", "journal_salts"} {
		if _, err := j.store.write.ExecContext(ctx, "DELETE FROM "+table+" WHERE day < $1", dayOf(oldest)); err != nil {
			return err
		}
	}
	return nil
}

// tighten takes out text that was kept under a looser setting than the room has now.
func (j *Journal) tighten(ctx context.Context) error {
	rows, err := j.store.write.QueryContext(ctx, "SELECT DISTINCT room, kept FROM journal_exchanges WHERE question <> ''")
	if err != nil {
		return err
	}
	type place struct{ room, kept string }
	var loose []place
	for rows.Next() {
		var p place
		if err := rows.Scan(&p.room, &p.kept); err != nil {
			return errors.Join(err, rows.Close())
		}
		if was, _ := kept(p.kept); looseness(was) > looseness(j.today(p.room, p.kept)) {
			loose = append(loose, p)
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	defer j.deleted()
	for _, p := range loose {
		const erase = "UPDATE journal_exchanges SET question = '' WHERE room = $1 AND kept = $2"
		if _, err := j.store.write.ExecContext(ctx, erase, p.room, p.kept); err != nil {
			return err
		}
	}
	return nil
}

// today returns what is kept today of a room, given what one of its rows was written under. Of a Discord thread nothing
// but that tells the channel and the server that it follows.
func (j *Journal) today(room, column string) Privacy {
	was, by := kept(column)
	rooms := j.rooms.Load()
	if rooms == nil && by != "" {
		return was // desk.yaml has not been read yet
	}
	platform, id, _ := strings.Cut(room, ":")
	chat, _, _ := strings.Cut(id, ":")
	kind := "public"
	if id == "private" {
		kind = "private"
	}
	today := j.config.privacy(bot.RoomID(room))
	if rooms == nil {
		return today
	}
	for _, key := range []string{kind, platform, platform + ":" + kind, by, platform + ":" + chat, room} {
		if p, ok := (*rooms)[key]; ok {
			today = p
		}
	}
	return today
}

// emptyLog writes SQLite's log of changes back into the file and empties it, so that deleted text is in neither.
// While somebody reads for long, the rest is left to the next sweep.
func (s *store) emptyLog(ctx context.Context) error {
	if s.postgres {
		return nil
	}
	_, err := s.write.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

// ErrBackup means that the journal is in PostgreSQL, which has its own ways to be backed up.
var ErrBackup = errors.New("the journal is in PostgreSQL: back it up with pg_dump")

// Backup writes a copy of the journal to path, where nothing may be yet: one SQLite file, whole and consistent, made
// while the journal is in use. What waits is written first. The error is [ErrBackup] for PostgreSQL.
func (j *Journal) Backup(ctx context.Context, path string) error {
	if j.store.postgres {
		return ErrBackup
	}
	if err := j.Flush(ctx); err != nil {
		return fmt.Errorf("back up journal: %w", err)
	}
	if err := j.store.copyTo(ctx, path); err != nil {
		return fmt.Errorf("back up journal to %q: %w", path, err)
	}
	return nil
}

// copyTo copies the file under another name first, so that a copy that breaks off is not taken for a whole one.
func (s *store) copyTo(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return os.ErrExist
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) { // of a copy that was broken off
		return err
	}
	f, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600) // for the program's user only, and through no link
	if err != nil {
		return err
	}
	defer os.Remove(part)
	defer f.Close()
	db, err := sqliteDB(s.path, 1, "_txlock=deferred") // a connection of its own, so that nobody waits for it
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO $1", part); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return os.Rename(part, path)
}
