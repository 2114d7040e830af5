package discord

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"
)

// A receiver takes what the gateway delivers. It returns once the event is accepted: from then on it is not lost.
type receiver interface {
	ready(ctx context.Context) // a new session began: events before it may have been missed
	receive(ctx context.Context, event string, data []byte)
}

// timing holds every duration of the Discord room, so that tests need not wait for them.
type timing struct {
	silence    time.Duration // the gateway may say nothing for so long before READY
	grace      time.Duration // added to two heartbeats after it
	backoff    time.Duration // bound of the first wait between connections
	backoffMax time.Duration // bound of them all
	settled    time.Duration // a connection that lived for so long was a good one
	invalid    time.Duration // least wait after an invalid session
	identify   time.Duration // between two identifies of one concurrency bucket
	deferAfter time.Duration // an interaction that takes longer is acknowledged first
	due        time.Duration // no answer to an interaction is taken after it
	request    time.Duration // for one REST call with all its attempts, and with the pauses that Discord asks for
	response   time.Duration // for the answer to one attempt
	retry      time.Duration // bound of the first wait between REST attempts
	look       time.Duration // between two looks at who is staff
}

func defaultTiming() timing {
	return timing{
		silence: 20 * time.Second, grace: 10 * time.Second,
		backoff: time.Second, backoffMax: 2 * time.Minute, settled: time.Minute,
		invalid: time.Second, identify: 5250 * time.Millisecond, // five seconds, and what the network adds
		deferAfter: 1500 * time.Millisecond, due: discordgo.InteractionDeadline,
		request: 2 * time.Minute, response: 15 * time.Second, retry: 500 * time.Millisecond,
		look: time.Minute,
	}
}

// A turn lets one shard of a concurrency bucket begin a session at a time, some time after the last one did.
type turn struct {
	free chan struct{} // holds a token while nobody has the turn
	next time.Time     // when the next may begin; belongs to who has the turn
}

// A fleet is all shards of one bot.
type fleet struct {
	cfg      Config
	api      *api
	timing   timing
	receiver receiver
	log      *zap.Logger
	count    int // of shards, fixed while they run

	mu     sync.Mutex
	shards []*shard
	turns  map[int]*turn // by concurrency bucket
}

// run blocks until ctx ends or Discord refuses for good.
func (f *fleet) run(ctx context.Context) error {
	for {
		err := f.sail(ctx)
		if !errors.Is(err, errReshard) || ctx.Err() != nil {
			return err
		}
		f.log.Warn("discord wants more shards; starting anew with the number it recommends")
		if !sleep(ctx, f.timing.identify) {
			return nil
		}
	}
}

// sail runs the number of shards that Discord recommends, or that is set.
func (f *fleet) sail(ctx context.Context) error {
	advice, err := f.advice(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	f.count = max(1, advice.Shards)
	if f.cfg.Shards > 0 {
		f.count = f.cfg.Shards
	}
	shards := make([]*shard, f.count)
	for i := range shards {
		shards[i] = &shard{fleet: f, id: i, log: f.log.With(zap.Int("shard", i))}
		shards[i].lost.Store(&loss{why: errNotConnected})
	}
	f.mu.Lock()
	f.shards, f.turns = shards, map[int]*turn{}
	f.mu.Unlock()

	group, ctx := errgroup.WithContext(ctx)
	for _, s := range shards {
		group.Go(func() error { return s.run(ctx) })
	}
	return group.Wait()
}

// advice asks where the gateway is, how many shards it wants and how many sessions may still begin, until Discord
// answers.
func (f *fleet) advice(ctx context.Context) (discordgo.GatewayBotResponse, error) {
	var a discordgo.GatewayBotResponse
	err := f.api.persist(ctx, func(ctx context.Context) error {
		return f.api.call(ctx, "GET", discordgo.EndpointGatewayBot, nil, &a)
	})
	return a, err
}

// admit returns the gateway's address. For a fresh session it waits for the shard's turn first: Discord lets a bot
// begin only so many sessions a day, and only max_concurrency of them at once. The shard gives its turn back by
// calling done once it has identified, or could not.
func (f *fleet) admit(ctx context.Context, shard int, fresh bool) (address string, done func(), err error) {
	a, err := f.advice(ctx)
	if err != nil {
		return "", nil, err
	}
	if !fresh {
		return a.URL, func() {}, nil
	}
	if limit := a.SessionStartLimit; limit.Total > 0 && limit.Remaining <= 0 {
		reset := time.Duration(limit.ResetAfter) * time.Millisecond
		f.log.Error("discord allows no more sessions today; waiting", zap.Duration("wait", reset))
		if !sleep(ctx, reset) {
			return "", nil, ctx.Err()
		}
	}
	done, err = f.take(ctx, shard%max(1, a.SessionStartLimit.MaxConcurrency))
	return a.URL, done, err
}

// take waits for a bucket's turn.
func (f *fleet) take(ctx context.Context, bucket int) (done func(), err error) {
	f.mu.Lock()
	t := f.turns[bucket]
	if t == nil {
		t = &turn{free: make(chan struct{}, 1)}
		t.free <- struct{}{}
		f.turns[bucket] = t
	}
	f.mu.Unlock()
	select {
	case <-t.free:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if !sleep(ctx, time.Until(t.next)) {
		t.free <- struct{}{}
		return nil, ctx.Err()
	}
	return sync.OnceFunc(func() {
		t.next = time.Now().Add(f.timing.identify)
		t.free <- struct{}{}
	}), nil
}
