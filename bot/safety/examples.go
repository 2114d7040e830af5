package safety

import "slices"

// tryExamples runs the sentences that stand beside the rules of src, which r was compiled with.
func (r *Rules) tryExamples(src source) []error {
	var errs []error
	for _, rule := range src.Rules {
		is := func(f Finding) bool { return f.Rule == rule.Name.text && f.Lang == src.Lang }
		errs = append(errs, r.tryLines(rule.Must, rule.Not, is, rule.fault)...)
	}
	for _, e := range src.Exceptions {
		is := func(f Finding) bool { return e.covers(f.Kind) }
		errs = append(errs, r.tryLines(e.Must, e.Not, is, e.fault)...)
	}
	return errs
}

// tryLines reports each sentence of must in which no finding is what is looked for, and each of not in which
// one is.
func (r *Rules) tryLines(must, not []line, is func(Finding) bool, fault func(string, ...any) error) []error {
	var errs []error
	for _, l := range must {
		if !slices.ContainsFunc(r.findings(l.text), is) {
			errs = append(errs, fault("line %d: it does not find %q", l.at, l.text))
		}
	}
	for _, l := range not {
		if found := r.findings(l.text); slices.ContainsFunc(found, is) {
			errs = append(errs, fault("line %d: %q is found, by %v", l.at, l.text, found))
		}
	}
	return errs
}
