package telegram

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
)

// An inbox keeps updates from the moment they are accepted until they are answered, on disk if it has a folder, so
// that a crash in between loses none, and remembers which were answered, so that none is answered twice.
//
// There are two files for each bot. telegram-<bot id>-inbox.jsonl holds the updates that wait, one a line, as Telegram
// sent them; it is emptied as they are answered, so that nothing people wrote stays. telegram-<bot id>-answered.txt
// holds the ids of the last few thousand updates that were answered, one a line. An update waits if it is in the first
// file and not in the second. Lines that a crash cut off are ignored: their update was not accepted, and Telegram
// sends it again.
type inbox struct {
	mu       sync.Mutex
	waiting  map[int]json.RawMessage
	answered map[int]bool
	order    []int // of answered, oldest first
	stale    int   // answered updates that are still in the file
	file     *os.File
	log      *os.File
	idLines  int    // lines in log
	prefix   string // of the files' paths
	torn     bool   // the last line of file is incomplete, for it could not be written
}

const (
	inboxName    = "inbox.jsonl"
	answeredName = "answered.txt"

	// keptIDs is how many answered updates are remembered. Telegram sends again only what was not confirmed, which
	// is at most the last batch of 100.
	keptIDs = 4096
)

// openInbox opens a bot's inbox in dir, which is made when missing. Without dir it lives in memory.
func openInbox(dir, botID string) (*inbox, error) {
	b := &inbox{waiting: map[int]json.RawMessage{}, answered: map[int]bool{}}
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
	err := eachLine(b.prefix+answeredName, func(line []byte) {
		if id, err := strconv.Atoi(string(line)); err == nil {
			b.remember(id)
		}
	})
	if err != nil {
		return err
	}
	err = eachLine(b.prefix+inboxName, func(line []byte) {
		if id, ok := updateID(line); ok && json.Valid(line) && !b.answered[id] {
			b.waiting[id] = bytes.Clone(line)
		}
	})
	if err != nil {
		return err
	}
	if err := b.rewriteWaiting(); err != nil {
		return err
	}
	return b.rewriteAnswered()
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
	var lines bytes.Buffer
	if b.torn {
		lines.WriteByte('\n')
	}
	for _, u := range updates {
		if _, known := b.waiting[u.UpdateID]; known || b.answered[u.UpdateID] {
			continue
		}
		b.waiting[u.UpdateID] = u.raw
		fresh = append(fresh, u)
		writeLine(&lines, u.raw)
	}
	if b.file == nil || len(fresh) == 0 {
		return fresh, nil
	}
	_, err = b.file.Write(lines.Bytes())
	if err == nil {
		err = b.file.Sync()
	}
	if b.torn = err != nil; b.torn {
		return fresh, fmt.Errorf("accept updates: %w", err)
	}
	return fresh, nil
}

// writeLine writes an update, which was decoded before and so is valid JSON, on one line.
func writeLine(to *bytes.Buffer, raw json.RawMessage) {
	if json.Compact(to, raw) == nil {
		to.WriteByte('\n')
	}
}

// done notes that an update was answered, or needs no answer any more. The note is not synced: a crash of the
// process cannot lose it, and one of the machine answers twice rather than slow every reply down.
func (b *inbox) done(id int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.waiting[id]; !ok {
		return nil
	}
	delete(b.waiting, id)
	b.remember(id)
	if b.file == nil {
		return nil
	}
	b.idLines++
	if _, err := b.log.WriteString(strconv.Itoa(id) + "\n"); err != nil {
		return fmt.Errorf("note update %d as answered: %w", id, err)
	}
	if b.idLines > 2*keptIDs {
		if err := b.rewriteAnswered(); err != nil {
			return err
		}
	}
	return b.forgetText()
}

// forgetText keeps what was answered from staying in the file: at most half of it is, and nothing once all is quiet.
func (b *inbox) forgetText() error {
	b.stale++
	if len(b.waiting) == 0 {
		b.stale = 0
		return b.file.Truncate(0)
	}
	if b.stale > len(b.waiting) {
		return b.rewriteWaiting()
	}
	return nil
}

func (b *inbox) remember(id int) {
	if b.answered[id] {
		return
	}
	b.answered[id] = true
	b.order = append(b.order, id)
	if len(b.order) > keptIDs {
		delete(b.answered, b.order[0])
		b.order = b.order[1:]
	}
}

// pending returns the updates that wait, oldest first.
func (b *inbox) pending() []json.RawMessage {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []json.RawMessage
	for _, id := range b.waitingIDs() {
		all = append(all, b.waiting[id])
	}
	return all
}

// len returns how many updates wait.
func (b *inbox) len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.waiting)
}

func (b *inbox) waitingIDs() []int {
	ids := make([]int, 0, len(b.waiting))
	for id := range b.waiting {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (b *inbox) rewriteWaiting() (err error) {
	b.stale = 0
	b.file, err = replace(b.file, b.prefix+inboxName, func(w *bufio.Writer) {
		for _, id := range b.waitingIDs() {
			var line bytes.Buffer
			writeLine(&line, b.waiting[id])
			w.Write(line.Bytes())
		}
	})
	return err
}

func (b *inbox) rewriteAnswered() (err error) {
	b.idLines = len(b.order)
	b.log, err = replace(b.log, b.prefix+answeredName, func(w *bufio.Writer) {
		for _, id := range b.order {
			w.WriteString(strconv.Itoa(id) + "\n")
		}
	})
	return err
}

// close closes the files; what waits stays in them.
func (b *inbox) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.file == nil {
		return nil
	}
	return errors.Join(b.file.Close(), b.log.Close())
}
