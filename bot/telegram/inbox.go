package telegram

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// An inbox keeps updates from the moment they are accepted until they are answered, on disk if it has a folder, so
// that a crash in between loses none, and remembers which were answered, so that none is answered twice.
//
// There are two files for each bot. telegram-<bot id>-inbox.jsonl holds the updates that wait, one a line, as Telegram
// sent them. The line of one that was answered is overwritten with blanks at once, so that nothing people wrote stays.
// telegram-<bot id>-answered.txt holds the ids of the last few thousand updates that were answered, one a line. An
// update waits if it is in the first file and not in the second. Lines that a crash cut off are ignored: their update
// was not accepted, and Telegram sends it again.
type inbox struct {
	mu       sync.Mutex
	waiting  map[int]entry
	answered ledger

	prefix string   // of the files' paths
	file   *os.File // nil without a folder
	size   int64    // of what counts in file, in bytes
	live   int64    // of which are of updates that wait
}

// An entry is an update that waits, and where its line stands in the file.
type entry struct {
	raw json.RawMessage
	at  int64
	n   int // bytes, with the line's end; 0 when it could not be written
}

const (
	inboxName    = "inbox.jsonl"
	answeredName = "answered.txt"

	// maxBlank is how many bytes of blanks the file may hold before it is written anew.
	maxBlank = 1 << 20
)

func newInbox() *inbox {
	return &inbox{waiting: map[int]entry{}, answered: ledger{ids: map[int]bool{}}}
}

// openInbox opens a bot's inbox in dir, which is made when missing. Without dir it lives in memory.
func openInbox(dir, botID string) (*inbox, error) {
	b := newInbox()
	if dir == "" {
		return b, nil
	}
	b.prefix = filepath.Join(dir, "telegram-"+botID+"-")
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		err = b.load()
	}
	if err != nil {
		return nil, fmt.Errorf("open the inbox: %w", err)
	}
	return b, nil
}

func (b *inbox) load() error {
	if err := b.answered.load(b.prefix + answeredName); err != nil {
		return err
	}
	err := eachLine(b.prefix+inboxName, func(line []byte) {
		if id, ok := updateID(line); ok && !b.answered.has(id) {
			b.waiting[id] = entry{raw: bytes.Clone(line)}
		}
	})
	if err != nil {
		return err
	}
	if err := b.rewriteWaiting(); err != nil {
		return err
	}
	if err := b.answered.rewrite(); err != nil {
		return errors.Join(err, b.file.Close())
	}
	return nil
}

// updateID returns the id of an update that may be undecodable otherwise.
func updateID(raw []byte) (int, bool) {
	var u struct {
		ID *int `json:"update_id"`
	}
	if json.Unmarshal(raw, &u) != nil || u.ID == nil {
		return 0, false
	}
	return *u.ID, true
}

// accept takes updates in for good and returns the ones not seen before. On an error they are taken in, but a crash
// would lose them.
func (b *inbox) accept(updates []update) (fresh []update, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var ids []int
	for _, u := range updates {
		if _, known := b.waiting[u.UpdateID]; known || b.answered.has(u.UpdateID) {
			continue
		}
		b.waiting[u.UpdateID] = entry{raw: u.raw}
		fresh = append(fresh, u)
		ids = append(ids, u.UpdateID)
	}
	if b.file == nil || len(fresh) == 0 {
		return fresh, nil
	}
	if err := b.write(ids); err != nil {
		return fresh, fmt.Errorf("accept updates: %w", err)
	}
	return fresh, nil
}

// lines returns the lines of waiting updates, and their entries as they will be once the lines stand at this place.
func (b *inbox) lines(ids []int, at int64) ([]byte, map[int]entry) {
	var lines bytes.Buffer
	placed := map[int]entry{}
	for _, id := range ids {
		e := entry{raw: b.waiting[id].raw, at: at + int64(lines.Len())}
		if json.Compact(&lines, e.raw) != nil {
			continue // it was decoded before, so this does not happen
		}
		lines.WriteByte('\n')
		e.n = int(at + int64(lines.Len()) - e.at)
		placed[id] = e
	}
	return lines.Bytes(), placed
}

// write adds waiting updates to the file, all or none.
func (b *inbox) write(ids []int) error {
	lines, placed := b.lines(ids, b.size)
	_, err := b.file.WriteAt(lines, b.size)
	if err == nil {
		err = b.file.Sync()
	}
	if err != nil {
		return errors.Join(err, b.file.Truncate(b.size))
	}
	maps.Copy(b.waiting, placed)
	b.size += int64(len(lines))
	b.live += int64(len(lines))
	return nil
}

// done notes that an update was answered, or needs no answer any more. The note is not synced: a crash of the
// process cannot lose it, and one of the machine answers twice rather than slow every reply down.
func (b *inbox) done(id int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	e, ok := b.waiting[id]
	if !ok {
		return nil
	}
	delete(b.waiting, id)
	b.answered.remember(id)
	if b.file == nil {
		return nil
	}
	return errors.Join(b.answered.note(id), b.erase(e)) // words go from the disk even when it has no room for the note
}

// erase takes what somebody wrote out of the file. The blanks go first, for they need no room on the disk.
func (b *inbox) erase(e entry) error {
	b.live -= int64(e.n)
	if len(b.waiting) == 0 {
		b.size = 0
		return b.file.Truncate(0)
	}
	if e.n > 0 {
		if _, err := b.file.WriteAt(bytes.Repeat([]byte{' '}, e.n-1), e.at); err != nil {
			return err
		}
	}
	if b.size > 2*b.live+maxBlank {
		return b.rewriteWaiting()
	}
	return nil
}

// pending returns the updates that wait, oldest first.
func (b *inbox) pending() []json.RawMessage {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []json.RawMessage
	for _, id := range b.waitingIDs() {
		all = append(all, b.waiting[id].raw)
	}
	return all
}

// len returns how many updates wait.
func (b *inbox) len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.waiting)
}

func (b *inbox) waitingIDs() []int { return slices.Sorted(maps.Keys(b.waiting)) }

// rewriteWaiting writes the file anew without blanks.
func (b *inbox) rewriteWaiting() error {
	lines, placed := b.lines(b.waitingIDs(), 0)
	f, err := replace(b.file, b.prefix+inboxName, lines)
	if err != nil {
		return err
	}
	b.file, b.size, b.live = f, int64(len(lines)), int64(len(lines))
	maps.Copy(b.waiting, placed)
	return nil
}

// close closes the files; what waits stays in them.
func (b *inbox) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.file == nil {
		return nil
	}
	return errors.Join(b.file.Close(), b.answered.file.Close())
}
