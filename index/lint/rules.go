package lint

// A Rule names what a finding is about. The names are stable: staff write them to allow a finding.
type Rule string

// The rules.
const (
	SameQuestion       Rule = "same-question"       // two sections are asked for in the same words
	SimilarQuestion    Rule = "similar-question"    // ... in words that differ only in the small ones
	SameText           Rule = "same-text"           // two sections say the same
	Outranked          Rule = "outranked"           // who asks a section's own question gets another
	Contested          Rule = "contested"           // who asks nearly so gets another
	NeedlessPhrasing   Rule = "needless-phrasing"   // a phrasing that is found as well without
	VagueHeading       Rule = "vague-heading"       // a heading that says little, and no phrasing
	Unwritten          Rule = "unwritten"           // a text that is still to be written
	LongSection        Rule = "long-section"        // more than people read in a chat
	DeadLink           Rule = "dead-link"           // a link to a file or a section that is not there
	DeadWebsite        Rule = "dead-website"        // a website that does not answer; only when asked for
	NoContact          Rule = "no-contact"          // nobody to turn to
	NoReviewDate       Rule = "no-review-date"      // nobody will be reminded to look it over
	ReviewDue          Rule = "review-due"          // the day for that has passed
	Expired            Rule = "expired"             // not served any more
	ExpiresSoon        Rule = "expires-soon"        // not served for much longer
	UncheckedHelpline  Rule = "unchecked-helpline"  // nobody has made sure of it for long
	UnexplainedAcronym Rule = "unexplained-acronym" // a short form that is never spelt out
	NoGoldenQuestions  Rule = "no-golden-questions" // nothing protects the answers from a change
	UnknownRule        Rule = "unknown-rule"        // a rule is allowed that there is not
)

// Rules returns all rules in the order of docs/lint.md. The slice is the caller's own.
func Rules() []Rule {
	return []Rule{
		SameQuestion, SimilarQuestion, SameText, Outranked, Contested, NeedlessPhrasing, VagueHeading, Unwritten, LongSection,
		DeadLink, DeadWebsite, NoContact, NoReviewDate, ReviewDue, Expired, ExpiresSoon, UncheckedHelpline,
		UnexplainedAcronym, NoGoldenQuestions, UnknownRule,
	}
}
