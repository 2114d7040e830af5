package bot

import (
	"slices"
	"strings"
	"time"
	"weak"

	"go.uber.org/zap"

	"frontdesk/bot/safety"
	"frontdesk/index"
	"frontdesk/knowledge"
	"frontdesk/knowledge/lang"
)

// facts are what the desk works out once for each snapshot.
type facts struct {
	of       weak.Pointer[index.Snapshot] // weak, so that a closed snapshot's memory is not held until the next message
	rules    *safety.Rules                // the built-in ones with staff's own
	langs    []string                     // of the sections, sorted
	repeated map[string]bool              // titles, in lower case, that more than one section has
	contact  map[string]knowledge.Handoff // where a person takes over, by language: see commonContacts
	contacts []knowledge.Section          // sections that are a call to get in touch
	expiries []time.Time                  // when sections expire, the first one first
}

// learn returns the facts about a snapshot.
func (d *Desk) learn(s *index.Snapshot) *facts {
	if known := d.facts.Load(); known != nil && known.of.Value() == s {
		return known
	}
	base := s.Base()
	sections := base.Sections()
	f := &facts{of: weak.Make(s), rules: d.rules, repeated: map[string]bool{}, contact: commonContacts(sections)}
	if len(base.Settings.CrisisFile) > 0 {
		d.guard("staff's crisis rules", func() {
			rules, err := d.rules.Extend(base.Settings.CrisisFile)
			if err != nil {
				d.log.Warn("staff's crisis rules are left out; the built-in ones work on", zap.Error(err))
				return
			}
			f.rules = rules
		})
	}
	seen := map[string]bool{}
	for _, section := range sections {
		if !slices.Contains(f.langs, section.Lang) && section.Lang != "" {
			f.langs = append(f.langs, section.Lang)
		}
		if !section.Expires.IsZero() {
			f.expiries = append(f.expiries, section.Expires)
		}
		title := strings.ToLower(section.Title)
		f.repeated[title] = seen[title]
		seen[title] = true
		if section.Kind == knowledge.Contact {
			f.contacts = append(f.contacts, section)
		}
	}
	slices.Sort(f.langs)
	slices.SortFunc(f.expiries, time.Time.Compare)
	d.facts.Store(f)
	return f
}

// commonContacts returns for each language the contact that most of its sections have, and under "" that of most
// sections altogether.
func commonContacts(sections []knowledge.Section) map[string]knowledge.Handoff {
	type contact struct {
		lang string
		to   knowledge.Handoff
	}
	counts := map[contact]int{}
	common := map[string]knowledge.Handoff{}
	for _, s := range sections {
		if s.Handoff.IsZero() {
			continue
		}
		for _, code := range []string{"", lang.Base(s.Lang)} {
			counts[contact{code, s.Handoff}]++
			if counts[contact{code, s.Handoff}] > counts[contact{code, common[code]}] {
				common[code] = s.Handoff
			}
		}
	}
	return common
}
