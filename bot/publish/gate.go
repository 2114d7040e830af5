package publish

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"frontdesk/bot"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/versions"
)

// A Gate asks two versions the same questions and reports what is answered otherwise. Zero values stand for the
// defaults.
type Gate struct {
	Policy   bot.Policy       // that questions are answered by; bot.DefaultPolicy
	Now      func() time.Time // for sections that expire; time.Now
	Parallel int              // questions asked at a time; as many as there are processors
	Golden   time.Duration    // how long all golden questions may take; 30 s
	Recent   time.Duration    // how long all recent questions may take; half a second
}

const (
	goldenPatience = 30 * time.Second
	recentPatience = 500 * time.Millisecond
)

// A Side is one of the two versions.
type Side struct {
	ID       string
	Files    []versions.File
	Golden   []GoldenQuestion
	Snapshot *index.Snapshot // stays the caller's; nil for no version at all
	known    memo            // answers that need not be asked for again
}

// A memo is what a version answered on one day at its desk: what expires, expires with a day.
type memo struct {
	day     time.Time
	answers map[Question]Answer
}

// dayOf returns the day that it is at the desk of a version.
func dayOf(s *index.Snapshot, at time.Time) time.Time { return s.Base().Settings.Zone.Day(at) }

// Side is a folder with its index, for the gate.
func (f Folder) Side(s *index.Snapshot) Side {
	return Side{ID: f.ID, Files: f.Files, Golden: f.Golden, Snapshot: s}
}

// Compare asks the golden questions of the new version, and recent ones, of both. A golden question that is not
// answered as it should be blocks the new version when the old one answered it or did not have it, unless staff want
// only a warning. Without an old version nothing blocks. The error is that of ctx.
func (g Gate) Compare(ctx context.Context, before, after Side, recent []Question) (Report, error) {
	r := Report{Version: after.ID, Against: before.ID, Files: versions.Diff(before.Files, after.Files), Sections: len(after.Snapshot.Base().Sections())}
	questions := make([]Question, len(after.Golden))
	golden := map[string]bool{}
	for i, row := range after.Golden {
		questions[i] = Question{row.Question, row.Lang}
		golden[row.Question] = true
	}
	recent = slices.DeleteFunc(slices.Clone(recent), func(q Question) bool { return golden[q.Text] })
	var panel panel
	if len(questions)+len(recent) > 0 {
		panel = g.panel(before, after)
	}
	asked := panel.ask(ctx, questions, cmp.Or(g.Golden, goldenPatience))
	lately := panel.ask(ctx, recent, cmp.Or(g.Recent, recentPatience))
	if err := ctx.Err(); err != nil {
		return r, err
	}
	had := map[string]bool{}
	for _, row := range before.Golden {
		had[row.key()] = true
	}
	day := dayOf(after.Snapshot, panel.now)
	r.learn(day, questions, asked)
	r.learn(day, recent, lately)
	for i, row := range after.Golden {
		r.addGolden(row, asked[i], before.Snapshot != nil, had[row.key()])
	}
	for i, q := range recent {
		r.addRecent(q, lately[i])
	}
	if after.Snapshot.Base().Settings.Gate == knowledge.GateWarn || before.Snapshot == nil {
		r.Blocks = false
	}
	r.finish()
	return r, nil
}

// A panel answers questions from two versions.
type panel struct {
	old, new *bot.Desk // old is nil for no version, and the same as new when the versions answer alike
	known    map[Question]Answer
	now      time.Time
	parallel int
}

func (g Gate) panel(before, after Side) panel {
	now := time.Now
	if g.Now != nil {
		now = g.Now
	}
	policy := g.Policy
	if policy == (bot.Policy{}) {
		policy = bot.DefaultPolicy
	}
	p := panel{now: now(), parallel: cmp.Or(g.Parallel, runtime.GOMAXPROCS(0))}
	if before.Snapshot != nil && before.known.day.Equal(dayOf(before.Snapshot, p.now)) {
		p.known = before.known.answers
	}
	// What was said to these desks is forgotten with them, and nothing of it is logged.
	p.new = bot.NewDesk(index.NewLive(after.Snapshot), policy, zap.NewNop())
	switch before.Snapshot {
	case nil:
	case after.Snapshot:
		p.old = p.new
	default:
		p.old = bot.NewDesk(index.NewLive(before.Snapshot), policy, zap.NewNop())
	}
	return p
}

// A pair is what two versions make of one question.
type pair struct {
	old, new Answer
	asked    bool // time sufficed
}

// ask asks the questions until the time is over or ctx ends.
func (p panel) ask(ctx context.Context, questions []Question, most time.Duration) []pair {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	pairs := make([]pair, len(questions))
	var next atomic.Int64
	var work errgroup.Group
	for range min(p.parallel, len(questions)) {
		work.Go(func() error {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(questions) || ctx.Err() != nil {
					return nil
				}
				was, is := p.both(ctx, questions[i])
				pairs[i] = pair{was, is, ctx.Err() == nil}
			}
		})
	}
	_ = work.Wait() // nothing in there returns an error
	return pairs
}

// both asks both versions, but for what is known.
func (p panel) both(ctx context.Context, q Question) (was, is Answer) {
	was, known := p.known[q]
	if !known {
		was = p.answer(ctx, p.old, q)
	}
	if p.old == p.new {
		return was, was
	}
	return was, p.answer(ctx, p.new, q)
}

// answer asks in a room of no one's, so that nothing is remembered between two questions.
func (p panel) answer(ctx context.Context, d *bot.Desk, q Question) Answer {
	if d == nil {
		return Answer{}
	}
	return AnswerOf(d.Answer(ctx, bot.Message{Text: q.Text, Lang: q.Lang, Private: true, At: p.now}))
}
