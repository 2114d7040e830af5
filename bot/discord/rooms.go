package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"go.uber.org/zap"
)

const (
	maxRooms   = 50                     // channels looked through after a lost session
	roomMemory = 24 * time.Hour         // since somebody asked in a channel
	saveEvery  = 250 * time.Millisecond // at most so often
)

// rooms remember up to which message each channel was answered, where people asked lately. They are safe for
// concurrent use. On disk they are one JSON object, rewritten whole:
//
//	{"CHANNEL ID": {"message": "ID", "guild": "ID, empty for direct messages", "at": "RFC 3339 time"}, …}
type rooms struct {
	changed chan struct{} // holds a token when there is something to save

	mu   sync.Mutex
	last map[string]heard // by channel
}

type heard struct {
	Message string    `json:"message"` // the last one answered, or whatever came before the first
	Guild   string    `json:"guild"`
	At      time.Time `json:"at"` // when somebody last asked
}

func newRooms() *rooms {
	return &rooms{changed: make(chan struct{}, 1), last: map[string]heard{}}
}

// asked notes a question that is yet to be answered.
func (r *rooms) asked(m message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, known := r.last[m.ChannelID]
	if !known {
		if len(r.last) >= 4*maxRooms {
			r.forget()
		}
		h = heard{Message: before(m.ID), Guild: m.GuildID}
	}
	h.At = time.Now()
	r.note(m.ChannelID, h)
}

// answered notes that a question needs no more answer.
func (r *rooms) answered(m message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if h, known := r.last[m.ChannelID]; known && older(h.Message, m.ID) {
		h.Message = m.ID
		r.note(m.ChannelID, h)
	}
}

// note wants mu.
func (r *rooms) note(channelID string, h heard) {
	r.last[channelID] = h
	r.touch()
}

// touch says that there is something to save.
func (r *rooms) touch() {
	select {
	case r.changed <- struct{}{}:
	default:
	}
}

// forget keeps the channels heard of last. It wants mu.
func (r *rooms) forget() {
	for _, id := range r.newest()[maxRooms:] {
		delete(r.last, id)
	}
}

// leave forgets the channels of a server.
func (r *rooms) leave(guild string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	maps.DeleteFunc(r.last, func(_ string, h heard) bool { return h.Guild == guild })
	r.touch()
}

// newest returns the channels, last heard of first. It wants mu.
func (r *rooms) newest() []string {
	return slices.SortedFunc(maps.Keys(r.last), func(a, b string) int { return r.last[b].At.Compare(r.last[a].At) })
}

// recent returns the channels to look through.
func (r *rooms) recent() map[string]heard {
	r.mu.Lock()
	defer r.mu.Unlock()
	found := map[string]heard{}
	for _, id := range r.newest() {
		if h := r.last[id]; len(found) < maxRooms && time.Since(h.At) < roomMemory {
			found[id] = h
		}
	}
	return found
}

// load reads what save wrote. No file is no error.
func (r *rooms) load(path string) error {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	last := map[string]heard{}
	if err := json.Unmarshal(data, &last); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	maps.Copy(r.last, last) // which is nil where the file says null
	return nil
}

// save writes the rooms of the last day to a file that is always whole: a new one takes the place of the old.
func (r *rooms) save(path string) error {
	r.mu.Lock()
	maps.DeleteFunc(r.last, func(_ string, h heard) bool { return time.Since(h.At) > roomMemory })
	data, err := json.Marshal(r.last)
	r.mu.Unlock()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // no longer there once renamed
	_, err = file.Write(data)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// keep saves whatever changes until ctx ends. The log hears once of a disk that fails.
func (r *rooms) keep(ctx context.Context, path string, log *zap.Logger) {
	failing := false
	for sleep(ctx, saveEvery) {
		select {
		case <-r.changed:
		case <-ctx.Done():
			return
		}
		err := r.save(path)
		if err != nil && !failing {
			log.Warn("what is asked during a restart may be missed", zap.Error(err))
		}
		failing = err != nil
	}
}

// older reports whether snowflake a was made before b. An empty one is older than all.
func older(a, b string) bool {
	return len(a) < len(b) || len(a) == len(b) && a < b
}

// before returns the snowflake just before id; empty for what is no snowflake.
func before(id string) string {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil || n == 0 {
		return ""
	}
	return strconv.FormatUint(n-1, 10)
}
