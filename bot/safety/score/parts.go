package score

// Parts of a long message are scored one by one, so that much ordinary talk around a sentence does not hide it.
const (
	mostWords  = 1200 // of a longer message the first and the last half of that are read
	windowLen  = 36   // words
	windowStep = 14   // words from one window to the next
	clauseLen  = 16   // words of a window within a long sentence
	clauseStep = 8
	pairLen    = 40 // words that two sentences may have to be read together
)

// crowd is how much of the logarithm of the number of parts is taken from the odds of the highest: with 1 for parts that
// say nothing of one another, while these overlap and are of one mind.
const crowd = 0.5

// eachPart calls try with where each part of a message that is scored on its own starts and ends: windows of all of
// it, each sentence, each two in a row, and windows of a long sentence.
func eachPart(tokens []token, try func(from, to int)) {
	for from, to := 0, 0; to < len(tokens); from += windowStep {
		if to = from + windowLen; to+windowStep >= len(tokens) {
			to = len(tokens) // the last window takes what is left
		}
		try(from, to)
	}
	before := -1 // where the sentence before starts
	from := 0
	for at := 0; at <= len(tokens); at++ {
		if at < len(tokens) && !tokens[at].end {
			continue
		}
		if at > from && (from > 1 || at < len(tokens)-1) {
			try(from, at)
			if before >= 0 && at-before <= pairLen {
				try(before, at)
			}
		}
		if at > from {
			eachClause(from, at, try)
			before = from
		}
		from = at + 1
	}
}

// eachClause calls try with windows of a sentence that is long, as where nobody set a stop.
func eachClause(from, to int, try func(from, to int)) {
	if to-from <= clauseLen+clauseStep {
		return
	}
	for ; from+clauseLen < to; from += clauseStep {
		try(from, from+clauseLen)
	}
	try(to-clauseLen, to)
}
