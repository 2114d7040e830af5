package index

import "math"

// A background holds what a question looks like beside all of its candidates: what speaks for there being no answer.
type background [backgrounds]float32

const (
	unseenExact      = iota // share of the question's weight that no section has
	unseenSynonym           // ... not even by a synonym
	unseenRelated           // ... not even by anything related
	unseenHeavy             // weight of the heaviest unit that no section has
	unseenHeavier           // ... not even by a synonym
	unitsLog                // log of how many units the question has
	weightLog               // log of their weight
	always                  // 1
	phrasedShare            // share of candidates with phrasings
	manySections            // log of how many sections there are
	manyPhrasings           // log of how many phrasings a candidate has on average, its heading counted
	bestAll                 // the most of the question that heading, context and text of one candidate have
	bestTitle               // ... that a heading has, and the question of it
	bestWindow              // ... that three sentences have
	bestWords               // the nearest phrasing, by words
	bestChars               // ... by characters
	bestTitleSubject        // the most that a heading is about the same archetype
	bestBodySubject         // ... a text
	bestClass               // the classifier's probability of the likeliest section
	classGap                // ... over the second
	bestTitleVector         // the highest cosine with a heading or phrasing by word vectors
	bestBodyVector          // ... with a passage
	bestVector              // the highest mean of both
	vectorGap               // ... over the second
	focus                   // how few archetypes the question is about
	backgrounds
)

// backgroundNames are the names of its values in weights.json and in explanations.
var backgroundNames = [backgrounds]string{
	unseenExact: "unseen exact", unseenSynonym: "unseen synonym", unseenRelated: "unseen related",
	unseenHeavy: "unseen heavy", unseenHeavier: "unseen heavier", unitsLog: "units", weightLog: "weight",
	always: "always", phrasedShare: "phrased", manySections: "sections", manyPhrasings: "phrasings",
	bestAll: "best all", bestTitle: "best title", bestWindow: "best window", bestWords: "best words",
	bestChars: "best chars", bestTitleSubject: "best title subject", bestBodySubject: "best body subject",
	bestClass: "best class", classGap: "class gap", bestTitleVector: "best title vector",
	bestBodyVector: "best body vector", bestVector: "best vector", vectorGap: "vector gap", focus: "focus",
}

// background counts what a question and its candidates look like together.
func (s *shelf) background(q *question, found []candidate) (b background) {
	for i := range q.units {
		u := &q.units[i]
		w := u.weight / q.total
		b[unseenExact] += w * (1 - u.seen.exact)
		b[unseenSynonym] += w * (1 - u.seen.synonym)
		b[unseenRelated] += w * (1 - u.seen.related)
		b[unseenHeavy] = max(b[unseenHeavy], u.weight*(1-u.seen.exact)/maxWeight)
	}
	b[unseenHeavier] = q.unseen()
	b[unitsLog] = float32(math.Log(1 + float64(len(q.units))))
	b[weightLog] = float32(math.Log(1 + float64(q.total)))
	b[always] = 1
	for i := range found {
		b[manyPhrasings] += found[i].clues[phrasedLong] / float32(len(found))
		b[phrasedShare] += found[i].clues[hasPhrasings] / float32(len(found))
	}
	b[manySections] = float32(math.Log(float64(len(s.documents))))
	best := func(of clue, to int) {
		for i := range found {
			b[to] = max(b[to], found[i].clues[of])
		}
	}
	best(allSynonym, bestAll)
	best(titleBoth, bestTitle)
	best(windowSynonym, bestWindow)
	best(wordsNearest, bestWords)
	best(charsNearest, bestChars)
	best(titleSubject, bestTitleSubject)
	best(bodySubject, bestBodySubject)
	best(titleVector, bestTitleVector)
	best(bodyVector, bestBodyVector)
	ahead := func(of clue, to, gap int) {
		var top topThree
		for i := range found {
			top.add(found[i].clues[of])
		}
		b[to], b[gap] = top[0], top[0]-top[1]
	}
	ahead(bothVector, bestVector, vectorGap)
	ahead(classChance, bestClass, classGap)
	for _, a := range q.about {
		b[focus] += a.share * a.share * a.share * a.share
	}
	return b
}
