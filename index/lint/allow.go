package lint

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"frontdesk/knowledge"
)

// Staff allow a finding by a comment in the file that it is about:
//
//	<!-- lint: allow long-section -->        below a heading: there. Above the first one: in the whole file
//	# lint: allow no-review-date             in front matter: in the whole file
//	# lint: allow same-text in faq.xlsx      in desk.yaml: in a file that has no place for comments
//	# lint: allow no-golden-questions        in desk.yaml: everywhere
//
// Several rules stand with commas between them.
var (
	allowComment = regexp.MustCompile(`<!--\s*lint:\s*allow\s+([a-z, -]+?)\s*-->`)
	allowYAML    = regexp.MustCompile(`(?:^|\s)#\s*lint:\s*allow\s+([a-z-]+(?:\s*,\s*[a-z-]+)*)(?:\s+in\s+(\S.*?))?\s*$`)
)

// An allowance is a rule with where it does not count; an empty field stands for any.
type allowance struct {
	rule    Rule
	file    string
	section knowledge.SectionID
}

type allowances map[allowance]bool

// covers reports whether staff allow a finding.
func (a allowances) covers(f Finding) bool {
	return a[allowance{rule: f.Rule}] || a[allowance{rule: f.Rule, file: f.Source.File}] ||
		f.Section != "" && a[allowance{rule: f.Rule, section: f.Section}]
}

// allowances reads the comments of all files. A rule that there is not is a finding of its own.
func (l *linter) allowances() allowances {
	all := allowances{}
	sections := map[string][]knowledge.Section{} // by file
	for _, s := range l.base.Sections() {
		sections[s.Source.File] = append(sections[s.Source.File], s)
	}
	for _, file := range slices.Sorted(maps.Keys(sections)) {
		l.allowIn(file, sections[file], all)
	}
	for _, file := range []string{"desk.yaml", "desk.yml"} {
		for i, line := range l.places.lines(file) {
			if m := allowYAML.FindStringSubmatch(line); m != nil {
				l.allow(m[1], knowledge.Position{File: file, Line: i + 1}, allowance{file: m[2]}, all)
			}
		}
	}
	return all
}

// allowIn reads the comments of an article.
func (l *linter) allowIn(file string, sections []knowledge.Section, all allowances) {
	front := false // whether the line is one of front matter
	extension := strings.ToLower(path.Ext(file))
	for i, line := range l.places.lines(file) {
		if mark := strings.TrimSpace(line); i == 0 || front {
			front = (i == 0) == (mark == "---") && extension != ".csv" && extension != ".tsv"
		}
		at := knowledge.Position{File: file, Line: i + 1}
		if front {
			if m := allowYAML.FindStringSubmatch(line); m != nil {
				l.allow(m[1], at, allowance{file: file}, all)
			}
		}
		for _, m := range allowComment.FindAllStringSubmatch(line, -1) {
			where := allowance{file: file}
			for _, s := range sections {
				if s.Source.Line <= at.Line && s.Kind != knowledge.Introduction {
					where = allowance{section: s.ID}
				}
			}
			l.allow(m[1], at, where, all)
		}
	}
}

// allow adds the rules that a comment names.
func (l *linter) allow(rules string, at knowledge.Position, where allowance, all allowances) {
	for named := range strings.FieldsFuncSeq(rules, func(r rune) bool { return r == ',' || r == ' ' }) {
		where.rule = Rule(named)
		if !slices.Contains(Rules(), where.rule) {
			l.addAt(UnknownRule, knowledge.Warning, at, fmt.Sprintf("there is no rule %q", named), "write one of those in brackets behind a finding")
			continue
		}
		all[where] = true
	}
}
