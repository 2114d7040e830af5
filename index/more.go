package index

import "slices"

// How many sections are looked at closely for one question: the documents that bleve is asked for, and the sections
// added to them because they have a synonym of staff's, because a phrasing comes near by characters, because they say it
// in other words, because they come near by word vectors, or because the classifier thinks them likely.
const (
	candidateCount = 20
	saidCount      = 10
	nearCount      = 8
	meantCount     = 8
	vectorCount    = 8
	likelyCount    = 5
	nearLeast      = 0.1 // a phrasing that comes no nearer is left alone
)

// A shelf of more sections than largeShelf is searched with less effort: words that more than commonShare of its sections
// have find none, and its vectors are not compared with the question's one by one.
const (
	largeShelf  = 1000
	commonShare = 0.05
)

// addNear adds the sections whose phrasings come nearest by characters, where bleve did not find them.
func (s *shelf) addNear(near []float32, best *nearness, found []candidate) []candidate {
	for i, x := range near {
		if x > nearLeast {
			best.raise(s.phrasings.owner[i], x)
		}
	}
	list := make([]scored, 0, len(best.touched))
	for _, d := range best.touched {
		list = append(list, scored{d, best.at[d]})
	}
	return addBest(found, list, nearCount)
}

// addMeant adds the sections that cover most of the question in other words, where they were not found. Asking bleve
// for every synonym would cost many times as much.
func (s *shelf) addMeant(q *question, meant *nearness, found []candidate) []candidate {
	most := len(s.documents)
	if most > largeShelf {
		most = int(commonShare * float32(most))
	}
	for i := range q.units {
		u := &q.units[i]
		for _, a := range u.alts {
			if sections := s.vocabulary.sections.of(a.id); len(sections) <= most {
				worth := u.weight * cover{class: a.class, strength: a.strength}.worth()
				for _, d := range sections {
					meant.add(d, worth)
				}
			}
		}
	}
	list := make([]scored, 0, len(meant.touched))
	for _, d := range meant.touched {
		list = append(list, scored{d, meant.at[d]})
	}
	return addBest(found, list, meantCount)
}

// addByVector adds the sections nearest by word vectors, where they were not found.
func (s *shelf) addByVector(q *question, found []candidate) []candidate {
	if q.vector == nil || len(s.documents) > largeShelf {
		return found
	}
	list := make([]scored, len(s.documents))
	for i := range s.documents {
		list[i] = scored{int32(i), nearest(s.documents[i].vectors.whole, q.vector)}
	}
	return addBest(found, list, vectorCount)
}

// addLikely adds the sections that the classifier thinks likeliest, where they were not found.
func addLikely(likely []float32, found []candidate) []candidate {
	list := make([]scored, 0, len(likely))
	for i, p := range likely {
		list = append(list, scored{int32(i), p})
	}
	return addBest(found, list, likelyCount)
}

// scored is a document with what speaks for it.
type scored struct {
	document int32
	score    float32
}

// addBest adds the best n of list that are not found yet.
func addBest(found []candidate, list []scored, n int) []candidate {
	if least := n + len(found); len(list) > 4*least { // the best of many need not be told from the rest one by one
		worst := nth(list, least)
		list = slices.DeleteFunc(list, func(x scored) bool { return x.score < worst })
	}
	list = slices.DeleteFunc(list, func(x scored) bool {
		for i := range found { // a candidate is too large to hand about
			if found[i].document == x.document {
				return true
			}
		}
		return false
	})
	slices.SortFunc(list, better)
	for _, x := range list[:min(len(list), n)] {
		found = append(found, candidate{document: x.document, rank: -1})
	}
	return found
}

// nth returns a score that at least n of list reach, near the lowest such.
func nth(list []scored, n int) float32 {
	top := make([]float32, 0, n) // ascending
	for _, x := range list {
		if len(top) == n && x.score <= top[0] {
			continue
		}
		i, _ := slices.BinarySearch(top, x.score)
		if len(top) < n {
			top = slices.Insert(top, i, x.score)
		} else {
			copy(top, top[1:i])
			top[i-1] = x.score
		}
	}
	return top[0]
}
