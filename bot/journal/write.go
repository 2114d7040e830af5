package journal

import (
	"context"
	"time"

	"go.uber.org/zap"
)

// How the writer goes about it.
const (
	maxBatch  = 500              // rows in a transaction at most
	writeTime = 10 * time.Second // for a transaction; a slow database gets smaller ones
	maxWait   = 30 * time.Second // between attempts while the database is down
	sweepTime = time.Hour        // between sweeps of what is too old
	sweepMost = 5 * time.Minute  // for a sweep: everybody who changes the database waits for it
)

// Run writes what is recorded until ctx ends, and deletes what is too old. While the database cannot be reached it tries
// again, ever more slowly. The error is always nil; what still waits then is for Close to write.
func (j *Journal) Run(ctx context.Context) error {
	timer := time.NewTimer(0)
	defer timer.Stop()
	var swept, told = time.Time{}, int64(0)
	wait := j.config.Every
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		err := j.Flush(ctx)
		if now := time.Now(); err == nil && now.Sub(swept) >= sweepTime {
			if err = j.sweepSoon(ctx); err == nil {
				swept = now
			}
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			wait = min(2*wait, max(maxWait, j.config.Every))
			j.log.Warn("journal cannot be written; rows wait", zap.Error(err), zap.Duration("again_in", wait))
		default:
			wait = j.config.Every
		}
		if s := j.Stats(); s.Dropped > told {
			j.log.Warn("journal rows lost", zap.Int64("lost", s.Dropped-told), zap.Int("waiting", s.Waiting))
			told = s.Dropped
		}
		timer.Reset(wait)
	}
}

func (j *Journal) sweepSoon(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, sweepMost)
	defer cancel()
	return j.Sweep(ctx)
}

// Flush writes what waits. What cannot be written stays.
func (j *Journal) Flush(ctx context.Context) error {
	for more := true; more; {
		err := j.store.migrate(ctx) // so that a database that is away shows although nothing waits
		if err == nil {
			more, err = j.writeNext(ctx)
		}
		if err != nil {
			j.fails(err)
			return err
		}
	}
	j.failing.Store(nil)
	return nil
}

// fails notes why the journal cannot be written.
func (j *Journal) fails(err error) {
	text := err.Error()
	j.failing.Store(&text)
}

// writeNext writes the next batch and reports whether more rows wait. A row that the database refuses for what is in it
// is found by halving, and dropped.
func (j *Journal) writeNext(ctx context.Context) (more bool, err error) {
	free, err := j.acquire(ctx)
	if err != nil {
		return false, err
	}
	defer free()
	rows := j.buffer.head(j.size)
	if len(rows) == 0 {
		return false, nil
	}
	full := len(rows) == j.size
	switch err := j.writeRows(ctx, rows); {
	case err == nil:
		j.buffer.take(len(rows), false)
		j.written.Add(int64(len(rows)))
		j.changes.Add(1)
		j.size = min(2*j.size, maxBatch)
		return full, nil
	case unfit(err) && len(rows) == 1:
		j.buffer.take(1, true)
		j.log.Warn("journal's database refused a row", zap.Error(err))
		return true, nil
	default:
		j.size = max(1, len(rows)/2)
		if unfit(err) {
			return true, nil
		}
		return false, err
	}
}

// acquire takes the writer's token; free gives it back.
func (j *Journal) acquire(ctx context.Context) (free func(), err error) {
	select {
	case j.writing <- struct{}{}:
		return func() { <-j.writing }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// writeRows writes rows in one transaction.
func (j *Journal) writeRows(ctx context.Context, rows []row) error {
	ctx, cancel := context.WithTimeout(ctx, writeTime)
	defer cancel()
	if err := j.store.migrate(ctx); err != nil {
		return err
	}
	tx, err := j.store.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	b := batch{tx: tx, scrub: scrubber{known: j.words.Load().has}}
	if b.salts, err = loadSalts(ctx, tx); err != nil {
		return err
	}
	for _, r := range rows {
		if err := b.add(ctx, r); err != nil {
			return err
		}
	}
	return tx.Commit()
}
