package edit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
)

// The audit list is a file of JSON, one Entry a line, that is only ever added to:
//
//	{"at":"2026-11-23T09:00:00Z","author":"discord:81","file":"fees.md","summary":"…","before":"9f86d0…","after":"60303a…"}

// Lists reports whether changes are listed. A nil book lists none.
func (b *Book) Lists() bool { return b != nil && b.audit != "" }

// list adds an entry, which is on the disk when it returns.
func (b *Book) list(e Entry) (err error) {
	if b.audit == "" {
		return nil
	}
	data, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("list a change: %w", err)
	}
	f, err := os.OpenFile(b.audit, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("list a change: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if torn(f) {
		data = append([]byte("\n"), data...)
	}
	if _, err := f.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("list a change: %w", err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("list a change: %w", err)
	}
	return nil
}

// torn reports whether the last line was cut off, as when the program was killed while it wrote.
func torn(f *os.File) bool {
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil || end == 0 {
		return false
	}
	last := make([]byte, 1)
	_, err = f.ReadAt(last, end-1)
	return err == nil && last[0] != '\n'
}

// Audit returns the last n changes, the newest first; all of them when n is 0. Lines that were cut off are passed over.
func (b *Book) Audit(n int) ([]Entry, error) {
	if b.audit == "" {
		return nil, nil
	}
	data, err := os.ReadFile(b.audit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the list of changes: %w", err)
	}
	lines := bytes.Split(data, []byte("\n"))
	slices.Reverse(lines)
	var entries []Entry
	for _, line := range lines {
		var e Entry
		if json.Unmarshal(line, &e) != nil || e.At.IsZero() {
			continue
		}
		if entries = append(entries, e); len(entries) == n {
			break
		}
	}
	return entries, nil
}

// hash returns a file's SHA-256; empty for no file.
func hash(data []byte) string {
	if data == nil {
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
