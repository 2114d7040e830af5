package journal

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// requirePostgres makes a missing PostgreSQL a failure: set where the tests must not skip, as in .ci/run.
const requirePostgres = "FRONTDESK_REQUIRE_POSTGRES"

// errNoPostgres means that the programs of PostgreSQL's server are not on this machine.
var errNoPostgres = errors.New("no PostgreSQL server installed: apt-get install postgresql")

// A server is a PostgreSQL server of the tests' own, in a folder of its own, reached by a socket in that folder.
type server struct {
	dir       string
	process   *exec.Cmd
	databases int
}

// theServer is started by the first test that wants it, and stopped by TestMain.
var theServer struct {
	sync.Mutex
	server
	err error
}

func TestMain(m *testing.M) {
	code := m.Run()
	theServer.stop()
	os.Exit(code)
}

// postgres returns the address of an empty database on a real server, and skips the test where there is none.
func postgres(t *testing.T) string {
	t.Helper()
	theServer.Lock()
	defer theServer.Unlock()
	if theServer.dir == "" && theServer.err == nil {
		theServer.err = theServer.start()
	}
	switch err := theServer.err; {
	case errors.Is(err, errNoPostgres) && os.Getenv(requirePostgres) == "":
		t.Skip(err)
	case err != nil:
		t.Fatal(err)
	}
	theServer.databases++
	name := fmt.Sprintf("test%d", theServer.databases)
	if err := theServer.exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	return theServer.address(name)
}

// start makes a database cluster and starts its server, which must not run as root.
func (s *server) start() error {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if len(found) == 0 {
		return errNoPostgres
	}
	bin := found[len(found)-1]
	dir, err := os.MkdirTemp("", "pg") // short, as names of sockets have to be, and open to the user below
	if err != nil {
		return err
	}
	s.dir = dir
	as := &syscall.SysProcAttr{}
	if os.Getuid() == 0 {
		if as.Credential, err = unprivileged(); err != nil {
			return err
		}
		if err := os.Chown(dir, int(as.Credential.Uid), int(as.Credential.Gid)); err != nil {
			return err
		}
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "frontdesk", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
	initdb.SysProcAttr, initdb.Dir = as, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	var said bytes.Buffer
	s.process = exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-c", "listen_addresses=", "-c", "fsync=off")
	s.process.SysProcAttr, s.process.Dir, s.process.Stderr = as, dir, &said
	if err := s.process.Start(); err != nil {
		return err
	}
	if err := s.ready(); err != nil {
		return fmt.Errorf("start postgres: %w\n%s", err, said.String())
	}
	return nil
}

// unprivileged returns the user that the server runs as when the tests run as root.
func unprivileged() (*syscall.Credential, error) {
	u, err := user.Lookup("nobody")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, err
}

// ready waits until the server answers.
func (s *server) ready() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		err := s.exec("SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-tick.C:
		}
	}
}

func (s *server) address(database string) string {
	return "postgres:///" + database + "?user=frontdesk&host=" + s.dir
}

func (s *server) exec(statement string) error {
	db, err := sql.Open("pgx", s.address("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

func (s *server) stop() {
	if s.process != nil && s.process.Process != nil {
		s.process.Process.Signal(syscall.SIGINT) // disconnect everybody and end
		s.process.Wait()
	}
	if s.dir != "" {
		os.RemoveAll(s.dir)
	}
}

var _ = stdlib.GetDefaultDriver // registers "pgx"
