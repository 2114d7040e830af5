package publish

import (
	"hash/fnv"
	"io"

	"frontdesk/bot"
)

// A GoldenAnswer is a golden question of the version that serves, with what comes of it.
type GoldenAnswer struct {
	GoldenQuestion
	Got   Answer
	Asked bool // the gate has asked it; else Got is not known
}

// Met reports whether what comes of it is what the row asks for.
func (p GoldenAnswer) Met() bool { return p.met(p.Got) }

// Golden returns the golden questions of the version that serves, in the order of their rows.
func (p *Publisher) Golden() []GoldenAnswer {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []GoldenAnswer
	for _, row := range p.golden {
		got, asked := p.known.answers[Question{row.Question, row.Lang}]
		all = append(all, GoldenAnswer{row, got, asked})
	}
	return all
}

// AnswerOf returns what a reply comes to.
func AnswerOf(r bot.Reply) Answer {
	a := Answer{Outcome: r.Outcome, Confidence: r.Confidence}
	if r.Outcome == bot.Answered || r.Outcome == bot.HandedOff || r.Outcome == bot.Crisis {
		a.Section, a.Title = r.Section, r.Title
	}
	if a.Section != "" {
		a.words = hashOf(r.Title, r.Text)
	}
	return a
}

// hashOf tells texts apart, and need not be safe against people who want it not to.
func hashOf(texts ...string) uint64 {
	h := fnv.New64a()
	for _, s := range texts {
		io.WriteString(h, s+"\x00")
	}
	return h.Sum64()
}
