package publish

import (
	"go.uber.org/zap"

	"frontdesk/knowledge"
	"frontdesk/knowledge/versions"
)

// settle notes that the files are what serves.
func (p *Publisher) settle(f Folder, approval versions.Approval) {
	before := p.Status()
	p.change(func(s *Status) { *s = Status{Serving: s.Serving, Problems: f.told()} })
	switch {
	case approval.Back:
		p.log.Info("the files are those of the version that serves again", zap.String("version", f.ID))
		p.tell(Event{Kind: Back})
	case before.Fallback != "" && !before.Pinned:
		p.log.Info("the files are in order again: they are those of the version that serves", zap.String("version", f.ID))
		p.tell(Event{Kind: InOrder})
	}
}

// refuse leaves what serves as it is because of errors in the files. At a start without a version that was kept, what serves
// is these very files, as far as they can be read.
func (p *Publisher) refuse(f Folder, faults []knowledge.Problem) {
	partly := f.ID == p.Status().Serving.ID
	message := "problem in the knowledge; what served before goes on serving"
	if partly {
		message = "problem in the knowledge; what can be read is served"
	}
	for _, problem := range faults {
		p.log.Error(message, problemFields(problem)...)
	}
	p.change(func(s *Status) {
		*s = Status{Serving: s.Serving, Problems: f.told(),
			Fallback: "the files have " + count(len(faults), "error")}
	})
	p.tell(Event{Kind: Refused, Problems: faults, Partly: partly})
}

// unreadable is refuse where there is not even a file to name.
func (p *Publisher) unreadable(err error) {
	p.log.Error("the knowledge cannot be read; what served before goes on serving", zap.Error(err))
	problem := knowledge.Problem{Level: knowledge.Error, Text: "the knowledge cannot be read: " + err.Error(), Advice: "check the folder and who may read it"}
	told := p.seen == problem.String()
	p.seen = problem.String()
	p.change(func(s *Status) {
		*s = Status{Serving: s.Serving, Problems: []knowledge.Problem{problem}, Fallback: problem.Text}
	})
	if !told {
		p.tell(Event{Kind: Refused, Problems: []knowledge.Problem{problem}})
	}
}

// block leaves what serves as it is because of the gate.
func (p *Publisher) block(f Folder, report Report) {
	for _, b := range report.Broken {
		if b.Blocks {
			p.log.Error("a golden question breaks", goldenFields(b)...)
		}
	}
	p.log.Error("the gate holds the new knowledge back; what served before goes on serving",
		zap.String("version", report.Version), zap.Int("golden_broken", report.Breaking()),
		zap.Int("answers_changed", report.Changed), zap.Int("answers_lost", report.Lost), zap.String("advice", "mend it, or frontdesk publish -force"))
	p.change(func(s *Status) {
		*s = Status{Serving: s.Serving, Problems: f.told(), Blocked: &report, Fallback: report.Summary()}
	})
	p.tell(Event{Kind: Blocked, Report: &report})
}

// problemFields is a problem for the log. Its text is about staff's own files, never about what people wrote.
func problemFields(p knowledge.Problem) []zap.Field {
	return []zap.Field{zap.Stringer("at", p.Source), zap.String("problem", p.Text), zap.String("advice", p.Advice)}
}

// goldenFields is a golden question for the log: where it stands, not what it asks.
func goldenFields(b BrokenGolden) []zap.Field {
	return []zap.Field{zap.Stringer("at", b.Source), zap.Strings("want", b.Want), zap.Stringer("got", b.Got), zap.Bool("new", b.New)}
}
