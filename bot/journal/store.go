package journal

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"go.uber.org/zap"
	"modernc.org/sqlite"
)

// A store is the database. All its SQL is read by SQLite and PostgreSQL alike.
type store struct {
	postgres bool
	path     string // of the SQLite file
	write    *sql.DB
	read     *sql.DB // the same as write for PostgreSQL
	migrated atomic.Bool
	failed   error // why it could not be used when it was opened; nil when it could
}

// openStore opens the database and brings its tables up to date.
func openStore(ctx context.Context, where string, log *zap.Logger) (*store, error) {
	if strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://") {
		return openPostgres(ctx, where, log)
	}
	if strings.Contains(where, "://") {
		return nil, errors.New("want the path of a file, or an address that begins with postgres://")
	}
	return openSQLite(ctx, where, log)
}

// openSQLite opens the file at path. A disk that is full, read-only or away is no error: rows wait for it.
func openSQLite(ctx context.Context, path string, log *zap.Logger) (*store, error) {
	s := &store{path: path}
	var err error
	if s.write, err = sqliteDB(path, 1, "_txlock=immediate"); err != nil {
		return nil, err
	}
	if s.read, err = sqliteDB(path, 4, "_pragma=query_only(1)"); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	err = s.migrate(ctx)
	if hopeless(err) {
		return nil, errors.Join(fmt.Errorf("%q: %w", path, err), s.close())
	}
	if err != nil {
		log.Error("the journal's file cannot be written; rows wait for it in memory, and those beyond are lost", zap.String("file", path), zap.Error(err))
	}
	s.failed = err
	return s, nil
}

// makeFile makes the database's file where there is none. Only the program's user may read it.
func makeFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// sqliteDB returns connections to a file. With WAL, readers and the writer do not wait for each other, and a program
// that is killed leaves a file that can be read. What is deleted is overwritten.
func sqliteDB(path string, connections int, option string) (*sql.DB, error) {
	escaped := (&url.URL{Path: path}).EscapedPath()
	dsn := "file:" + escaped + "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=secure_delete(1)&" + option
	connector, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(connections)
	return db, nil
}

// connectTime bounds reaching a PostgreSQL server.
const connectTime = 5 * time.Second

func openPostgres(ctx context.Context, address string, log *zap.Logger) (*store, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, errors.New("the address of the PostgreSQL database cannot be read") // pgx's own error quotes it
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTime
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(4)
	s := &store{postgres: true, write: db, read: db}
	ctx, cancel := context.WithTimeout(ctx, connectTime)
	defer cancel()
	err = s.migrate(ctx)
	if hopeless(err) {
		return nil, errors.Join(err, s.close())
	}
	if err != nil {
		log.Warn("journal's database cannot be reached; rows wait for it", zap.Error(err))
	}
	s.failed = err
	return s, nil
}

// errNewer means that a newer version of the program made the tables.
var errNewer = errors.New("the journal was made by a newer version of the program")

// hopeless reports whether trying again will not help: the server knows no such user, password or database, or the file
// is another kind of file.
func hopeless(err error) bool {
	var answer *pgconn.PgError
	if errors.As(err, &answer) {
		class := answer.Code[:min(2, len(answer.Code))]
		return class == "28" || class == "3D" || class == "42"
	}
	var refusal *sqlite.Error
	if errors.As(err, &refusal) {
		const noDatabase = 26
		return refusal.Code()&0xff == noDatabase
	}
	return errors.Is(err, errNewer) || errors.Is(err, syscall.EISDIR)
}

//go:embed migrations/*.sql
var migrations embed.FS

// migrationLock keeps two programs from migrating one PostgreSQL database at the same time.
const migrationLock = 0x66726f6e74 // "front"

// migrate brings the tables up to date: the files of migrations that are not applied yet, in the order of their names,
// in one transaction.
func (s *store) migrate(ctx context.Context) error {
	if s.migrated.Load() {
		return nil
	}
	if !s.postgres {
		if err := makeFile(s.path); err != nil {
			return err
		}
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if s.postgres {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", migrationLock); err != nil {
			return err
		}
	}
	if err := applyMigrations(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	s.migrated.Store(true)
	return nil
}

func applyMigrations(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS journal_versions (version BIGINT PRIMARY KEY)"); err != nil {
		return err
	}
	var have int
	if err := tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(version), 0) FROM journal_versions").Scan(&have); err != nil {
		return err
	}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	if have > len(names) {
		return errNewer
	}
	for i, name := range names[have:] {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO journal_versions (version) VALUES ($1)", have+i+1); err != nil {
			return err
		}
	}
	return nil
}

// unfit reports whether the database refused a row for what is in it, so that it will refuse it again.
func unfit(err error) bool {
	var answer *pgconn.PgError
	if errors.As(err, &answer) {
		return strings.HasPrefix(answer.Code, "22") || strings.HasPrefix(answer.Code, "23")
	}
	var refusal *sqlite.Error
	if errors.As(err, &refusal) {
		const tooBig, constraint, mismatch = 18, 19, 20
		primary := refusal.Code() & 0xff
		return primary == tooBig || primary == constraint || primary == mismatch
	}
	return false
}

func (s *store) close() error {
	err := s.write.Close()
	if s.read != s.write && s.read != nil {
		err = errors.Join(err, s.read.Close())
	}
	return err
}
