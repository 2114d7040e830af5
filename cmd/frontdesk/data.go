package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"go.uber.org/zap"
)

// A dataFolder is where serve keeps what must survive a restart. When it cannot be written to, because the disk is full,
// read-only or away, the desk goes on answering: it keeps what it can in memory, and says loudly that it does.
type dataFolder struct {
	dir   string // empty for none
	fault atomic.Pointer[string]
}

const (
	probeEvery = time.Minute
	probeSize  = 64 << 10 // bytes: on a full disk, a smaller file may still find room
)

// openData makes the folder where there is none, before anything else is put into it, and looks whether it can be used.
func openData(dir string, log *zap.Logger) *dataFolder {
	d := &dataFolder{dir: dir}
	d.look(log)
	return d
}

// Fault says why the folder cannot be written to; empty when it can, or when there is none.
func (d *dataFolder) Fault() string {
	if text := d.fault.Load(); text != nil {
		return *text
	}
	return ""
}

// watch looks again from time to time, until ctx ends.
func (d *dataFolder) watch(ctx context.Context, log *zap.Logger) {
	tick := time.NewTicker(probeEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			d.look(log)
		}
	}
}

// look writes a file and takes it away again. The log hears when that changes.
func (d *dataFolder) look(log *zap.Logger) {
	if d.dir == "" {
		return
	}
	err := probe(d.dir)
	failed := d.Fault() != ""
	switch {
	case err != nil:
		text := err.Error()
		d.fault.Store(&text)
		if !failed {
			log.Error("the data folder cannot be written to: people are answered as usual, but what should be kept is not, such as "+
				"the journal, versions and questions under way; make room or set FRONTDESK_DATA right, then start again", zap.String("folder", d.dir), zap.Error(err))
		}
	case failed:
		d.fault.Store(nil)
		log.Warn("the data folder can be written to again; start again, so that all of it is kept there", zap.String("folder", d.dir))
	}
}

// probe tells whether a folder, which only the program's user may read when it is made here, can be written to.
func probe(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	f, err := os.CreateTemp(dir, ".frontdesk-probe-*.tmp")
	if err != nil {
		return fmt.Errorf("write to the data folder: %w", err)
	}
	_, err = f.Write(make([]byte, probeSize))
	if err = errors.Join(err, f.Close(), os.Remove(f.Name())); err != nil {
		return fmt.Errorf("write to the data folder: %w", err)
	}
	return nil
}
