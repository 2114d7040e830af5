package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"go.uber.org/zap"

	"frontdesk/bot/journal"
)

func backupCommand() command {
	return command{
		name:    "backup",
		args:    "[-data DIR] PATH",
		summary: "copy the journal to a new file, while serve runs or not",
		text: `
The copy is one SQLite file, whole and consistent, readable by nobody but you; what was asked in the last second may be
missing. To go back to it, stop serve and put it in the place of journal.db in the data folder, without the files
journal.db-wal and journal.db-shm. A journal in PostgreSQL is backed up with pg_dump.

A copy holds what people asked: delete it when you delete the journal's rows. The knowledge is not in it; its versions
are plain files in the data folder's "versions".

Example:
  frontdesk backup -data ./data journal-2026-03-01.db`,
		run: program.backup,
	}
}

func (p program) backup(ctx context.Context, args []string) error {
	f := p.flags(backupCommand())
	data := p.dataFlag(f)
	if err := parse(f, args); err != nil {
		return err
	}
	switch {
	case f.NArg() != 1:
		return misuse("want the PATH of one new file")
	case p.env("FRONTDESK_DATABASE_URL") != "":
		return journal.ErrBackup
	case *data == "":
		return misuse("want -data DIR, or FRONTDESK_DATA set as for serve")
	}
	from, to := journalFile(*data), f.Arg(0)
	if _, err := os.Stat(from); err != nil {
		return fmt.Errorf("there is no journal to copy: %w; is this the data folder of serve?", err)
	}
	j, err := journal.Open(ctx, from, journal.Config{}, zap.NewNop())
	if err != nil {
		return err
	}
	err = j.Backup(ctx, to)
	if errors.Is(err, fs.ErrExist) {
		err = fmt.Errorf("%w; nothing is overwritten: name another file", err)
	}
	if err := errors.Join(err, j.Close()); err != nil {
		return err
	}
	info, err := os.Stat(to)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "The journal is in %s, %d bytes.\n", to, info.Size())
	return nil
}
