package lint

import (
	"fmt"
	"time"

	"frontdesk/knowledge"
)

const (
	stale     = 365 * 24 * time.Hour // since the last review, where no day is named for the next
	soon      = 30 * 24 * time.Hour  // before something ends
	untested  = 180 * 24 * time.Hour // since somebody made sure of a helpline
	dayLayout = "2 January 2006"
)

// dates finds what has to be looked over, or has ended: once for each day in an article.
func (l *linter) dates() {
	var undated []knowledge.Article
	for _, a := range l.base.Articles {
		var first []Finding // of those that say the same
		alike := map[string]int{}
		dated := false
		for _, s := range a.Sections {
			dated = dated || s.Reviewed != (time.Time{}) || s.ReviewBy != (time.Time{})
			for _, f := range l.overdue(s) {
				if alike[f.Text]++; alike[f.Text] == 1 {
					first = append(first, f)
				}
			}
		}
		for _, f := range first {
			l.found = append(l.found, l.whole(a, f, alike[f.Text]))
		}
		if !dated {
			undated = append(undated, a)
		}
	}
	l.undated(undated)
}

// overdue returns what is to be said of a section's dates. The texts lack their subject, which whole puts before them.
func (l *linter) overdue(s knowledge.Section) []Finding {
	var all []Finding
	add := func(r Rule, level knowledge.Level, text, advice string) {
		all = append(all, Finding{knowledge.Problem{Source: s.Source, Level: level, Text: text, Advice: advice}, r, s.ID})
	}
	switch {
	case s.Expired(l.now):
		add(Expired, knowledge.Warning, "has not been served since "+s.Expires.Format(dayLayout),
			"bring it up to date with a later expires_at, or remove it")
		return all
	case !s.Expires.IsZero() && s.Expires.Sub(l.now) <= soon:
		add(ExpiresSoon, knowledge.Notice, "will not be served from "+s.Expires.Format(dayLayout)+" on", "see what takes its place")
	}
	switch {
	case s.Overdue(l.now):
		add(ReviewDue, knowledge.Warning, "was to be looked over by "+s.ReviewBy.Format(dayLayout),
			"read it, then write reviewed: with today's date and a later review_by:")
	case s.ReviewBy.IsZero() && !s.Reviewed.IsZero() && l.now.Sub(s.Reviewed) > stale:
		add(ReviewDue, knowledge.Notice, "was last looked over on "+s.Reviewed.Format(dayLayout),
			"read it, then write reviewed: with today's date, and review_by: to be reminded")
	}
	return all
}

// whole completes a finding about a section that so many of its article have, and makes it one about the article when
// all have it.
func (l *linter) whole(a knowledge.Article, f Finding, alike int) Finding {
	subject := fmt.Sprintf("%q ", clip(l.byID[f.Section].Title))
	switch {
	case alike == len(a.Sections) && alike > 1:
		f.Source, f.Section, subject = a.Source, "", fmt.Sprintf("%q, all of it, ", clip(a.Title))
	case alike > 1:
		subject = fmt.Sprintf("%s and %s of this article ", subject, plural(alike-1, "other section"))
	}
	f.Text = subject + f.Text
	return f
}

// undated says which articles nobody will be reminded of; if it is all of them, once.
func (l *linter) undated(articles []knowledge.Article) {
	const advice = "write reviewed: with the day of the last review in the front matter, and review_by: to be reminded of the next"
	if n := len(articles); n == len(l.base.Articles) && n > 1 {
		l.addAt(NoReviewDate, knowledge.Notice, knowledge.Position{},
			fmt.Sprintf("none of the %d articles says when somebody last looked it over", n), advice)
		return
	}
	for _, a := range articles {
		l.addAt(NoReviewDate, knowledge.Notice, a.Source, fmt.Sprintf("%q does not say when somebody last looked it over", clip(a.Title)), advice)
	}
}
