package main

import (
	"time"

	"frontdesk/knowledge"
)

// checkDates are the dates of a section that check shows, as 2026-03-01; empty for none.
type checkDates struct {
	Reviewed  string `json:"reviewed,omitempty"`
	ReviewBy  string `json:"review_by,omitempty"`
	ExpiresAt string `json:"expires_at,omitempty"`
}

func datesOf(s knowledge.Section) checkDates {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	return checkDates{day(s.Reviewed), day(s.ReviewBy), day(s.Expires)}
}

// shown returns the dates that matter, two spaces before each: the one for the review and the one of the end, and
// whether they have come by today, which is written in the same way.
func (d checkDates) shown(today string) string {
	var s string
	switch {
	case d.ReviewBy != "" && d.ReviewBy < today: // days written so sort as text
		s += "  [review was due " + d.ReviewBy + "]"
	case d.ReviewBy != "":
		s += "  [review by " + d.ReviewBy + "]"
	}
	switch {
	case d.ExpiresAt != "" && d.ExpiresAt <= today:
		s += "  [expired " + d.ExpiresAt + ", not served]"
	case d.ExpiresAt != "":
		s += "  [expires " + d.ExpiresAt + "]"
	}
	return s
}
