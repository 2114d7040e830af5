package telegram

import (
	"errors"
	"fmt"
	"os"
	"strconv"
)

// keptIDs is how many answered updates are remembered. Telegram sends again only what was not confirmed, which is at most
// the last batch of 100.
const keptIDs = 4096

// A ledger remembers which updates were answered last, in a file of one id a line if it has one. The inbox guards it.
type ledger struct {
	ids   map[int]bool
	order []int // of ids, oldest first

	name  string
	file  *os.File // nil for none
	size  int64    // of the whole lines in file, in bytes
	lines int
}

func (l *ledger) has(id int) bool { return l.ids[id] }

func (l *ledger) remember(id int) {
	if l.ids[id] {
		return
	}
	l.ids[id] = true
	l.order = append(l.order, id)
	if len(l.order) > keptIDs {
		delete(l.ids, l.order[0])
		l.order = l.order[1:]
	}
}

// load reads the file, if there is one. It is written from the next rewrite on.
func (l *ledger) load(name string) error {
	l.name = name
	return eachLine(name, func(line []byte) {
		if id, err := strconv.Atoi(string(line)); err == nil {
			l.remember(id)
		}
	})
}

// note adds an id that is remembered to the file, whole or not at all: a torn line would make one number of two.
func (l *ledger) note(id int) error {
	line := strconv.Itoa(id) + "\n"
	if _, err := l.file.WriteAt([]byte(line), l.size); err != nil {
		return errors.Join(fmt.Errorf("note update %d as answered: %w", id, err), l.file.Truncate(l.size))
	}
	l.size += int64(len(line))
	if l.lines++; l.lines > 2*keptIDs {
		return l.rewrite()
	}
	return nil
}

// rewrite writes the file anew, with the ids that are remembered.
func (l *ledger) rewrite() error {
	var lines []byte
	for _, id := range l.order {
		lines = append(strconv.AppendInt(lines, int64(id), 10), '\n')
	}
	f, err := replace(l.file, l.name, lines)
	if err != nil {
		return err
	}
	l.file, l.size, l.lines = f, int64(len(lines)), len(l.order)
	return nil
}
