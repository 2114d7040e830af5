package console

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/bot/journal"
	"frontdesk/knowledge"
)

// unanswered is what the page of misses shows.
type unanswered struct {
	Kept    bool
	Waiting bool   // the journal is being read
	Locked  string // why the files cannot be changed; empty when they can
	Days    int
	Misses  []miss
	Leaf    leaf
	Hidden  journal.Hidden
	Words   []words
	Terms   journal.Terms
}

// A miss is a group of questions without an answer, with the sections that came closest.
type miss struct {
	journal.Miss
	Near []knowledge.Section
}

// Words are phrasings that people showed to mean a section.
type words struct {
	Section     knowledge.Section
	Suggestions []journal.Suggestion
}

// misses shows what people asked in vain, and in which words they found what they meant.
func (c *Console) misses(w http.ResponseWriter, r *http.Request) {
	u := unanswered{Kept: c.config.Journal != nil, Locked: c.locked(), Days: days(r)}
	if !u.Kept {
		c.show(w, r, http.StatusOK, "misses.html", "Misses", u)
		return
	}
	seen, err := c.glance(r.Context(), c.period(u.Days))
	if u.Waiting = errors.Is(err, errWaiting); u.Waiting {
		loadAgain(w)
		c.show(w, r, http.StatusOK, "misses.html", "Misses", u)
		return
	}
	if err != nil {
		c.fail(w, r, "read the journal", err)
		return
	}
	u.Hidden, u.Terms = seen.hidden, c.config.Journal.Terms("")
	page, _ := strconv.Atoi(r.FormValue("page"))
	var all []journal.Miss
	all, u.Leaf = cut(seen.misses, page, "/misses?days="+strconv.Itoa(u.Days)+"&page=")
	zone := c.settings().Zone
	for _, m := range all {
		m.Last = zone.Clock(m.Last) // for the day of it
		near := miss{Miss: m}
		for _, id := range m.Nearest {
			if s, ok := c.section(id.Key()); ok {
				near.Near = append(near.Near, s)
			}
		}
		u.Misses = append(u.Misses, near)
	}
	u.Words = c.bySection(seen.suggestions)
	c.show(w, r, http.StatusOK, "misses.html", "Misses", u)
}

// bySection puts suggestions under their sections, those of gone sections left out.
func (c *Console) bySection(suggestions []journal.Suggestion) []words {
	var all []words
	at := map[knowledge.SectionID]int{}
	for _, s := range suggestions[:min(len(suggestions), 2*perPage)] {
		i, ok := at[s.Section]
		if !ok {
			section, there := c.section(s.Section.Key())
			if !there {
				continue
			}
			i = len(all)
			at[s.Section] = i
			all = append(all, words{Section: section})
		}
		all[i].Suggestions = append(all[i].Suggestions, s)
	}
	return all
}

// days is the length of the period that a request asks for.
func days(r *http.Request) int {
	if n, err := strconv.Atoi(r.FormValue("days")); err == nil && n > 0 {
		return min(n, longestDays)
	}
	return usualDays
}

// period is the last days, up to the end of today.
func (c *Console) period(days int) journal.Period {
	today := c.config.Now().UTC().Truncate(24 * time.Hour)
	return journal.Period{From: today.AddDate(0, 0, 1-days), To: today.AddDate(0, 0, 1)}
}

// reasons says in plain words why questions are misses, the commonest first.
func reasons(all map[journal.Reason]int) []string {
	plain := map[journal.Reason]string{
		journal.NoMatch: "nothing answers it", journal.NobodyChose: "choices were offered and nobody took one",
		journal.ThumbsDown: "the answer got a thumbs down", journal.Expired: "what would have answered has expired",
	}
	var kinds []journal.Reason
	for kind := range all {
		kinds = append(kinds, kind)
	}
	slices.SortFunc(kinds, func(a, b journal.Reason) int { return cmp.Or(all[b]-all[a], cmp.Compare(a, b)) })
	var lines []string
	for _, kind := range kinds {
		lines = append(lines, strconv.Itoa(all[kind])+"× "+cmp.Or(plain[kind], string(kind)))
	}
	return lines
}

// A choosing is the page on which staff pick a section for a question, among all of them.
type choosing struct {
	Miss  string // as the journal has it
	Words string // the phrasing to add
	Lang  string
	Query string
	Found []knowledge.Section
	Leaf  leaf
}

// choose shows sections to add a phrasing to.
func (c *Console) choose(w http.ResponseWriter, r *http.Request) {
	p := choosing{Miss: clip(r.FormValue("miss"), maxQuestion), Words: clip(r.FormValue("words"), maxQuestion), Query: clip(r.FormValue("q"), maxQuestion)}
	if p.Words == "" {
		p.Words = p.Miss
	}
	if strings.TrimSpace(p.Query) != "" {
		p.Found, p.Leaf = cut(c.catalogue().search(p.Query), 1, "")
	}
	c.show(w, r, http.StatusOK, "choose.html", "Which section answers this?", p)
}
