package importer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"frontdesk/knowledge"
)

// plainScalar is text that YAML takes as it stands.
var plainScalar = regexp.MustCompile(`^[\pL][\pL\pN_./-]*(#[\pL\pN_./-]*)?( [\pL\pN(][\pL\pN.,;!?()'’/-]*)*$`)

// reserved are words that YAML takes for something else.
var reserved = regexp.MustCompile(`(?i)^(true|false|yes|no|on|off|null|y|n)$`)

// webAddress is an address that needs no quotes.
var webAddress = regexp.MustCompile(`^https?://[\w./?=&%+~-]+$`)

// scalar writes text as YAML, in quotes where it needs them.
func scalar(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if webAddress.MatchString(text) || plainScalar.MatchString(text) && !reserved.MatchString(text) {
		return text
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b) // a JSON string is a YAML string
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(err) // of a string
	}
	return strings.TrimSpace(b.String())
}

// list writes a list on one line.
func list(items []string) string {
	var all []string
	for _, item := range items {
		all = append(all, scalar(item))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// contact writes a contact on one line.
func contact(h knowledge.Handoff) string {
	var fields []string
	for _, f := range [][2]string{{"label", h.Label}, {"url", h.URL}, {"phone", h.Phone}, {"hours", h.Hours}} {
		if f[1] != "" {
			fields = append(fields, f[0]+": "+quoted(f[1]))
		}
	}
	return "{" + strings.Join(fields, ", ") + "}"
}

// quoted writes text for a place between braces, where commas and colons need quotes.
func quoted(text string) string {
	if s := scalar(text); strings.HasPrefix(s, `"`) || !strings.ContainsAny(s, ",:{}[]#?") {
		return s
	}
	data, err := json.Marshal(text)
	if err != nil {
		panic(err) // of a string
	}
	return string(data)
}

// dates writes those of three dates that are there and not also in other, a line each behind indent.
func dates(indent string, reviewed, reviewBy, expires time.Time, other knowledge.Article) string {
	var b strings.Builder
	for _, d := range []struct {
		key        string
		day, other time.Time
	}{{"reviewed", reviewed, other.Reviewed}, {"review_by", reviewBy, other.ReviewBy}, {"expires_at", expires, other.Expires}} {
		if !d.day.IsZero() && !d.day.Equal(d.other) {
			fmt.Fprintf(&b, "%s%s: %s\n", indent, d.key, d.day.Format(time.DateOnly))
		}
	}
	return b.String()
}
