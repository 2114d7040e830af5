package safety

import "slices"

// tryExamples runs the sentences that stand beside the rules of src, which r was compiled with.
func (r *Rules) tryExamples(src source) []error {
	var errs []error
	for _, rule := range src.Rules {
		is := func(f Finding) bool { return f.Rule == rule.Name.text && f.Lang == src.Lang.text }
		errs = append(errs, r.tryLines(rule.Must, rule.Not, is, "write what takes it back under unless", rule.fault)...)
	}
	for _, e := range src.Exceptions {
		is := func(f Finding) bool { return e.covers(f.Kind) }
		errs = append(errs, r.tryLines(e.Must, e.Not, is, "write a pattern that covers it under when", e.fault)...)
	}
	return errs
}

// tryLines reports each sentence of must in which no finding is what is looked for, and each of not in which
// one is, with what to do about that.
func (r *Rules) tryLines(must, not []line, is func(Finding) bool, advice string, fault faulter) []error {
	var errs []error
	for _, l := range must {
		if !slices.ContainsFunc(r.findings(l.text), is) {
			errs = append(errs, fault(l.at, "it does not find %q; change a pattern, or take the sentence out of must", l.text))
		}
	}
	for _, l := range not {
		found := r.findings(l.text)
		if i := slices.IndexFunc(found, is); i >= 0 {
			errs = append(errs, fault(l.at, "%q is found, by rule %q; %s", l.text, found[i].Rule, advice))
		}
	}
	return errs
}
