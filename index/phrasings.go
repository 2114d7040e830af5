package index

import (
	"math"
	"slices"
)

// phrasings are all the ways in which a shelf's questions are put, headings among them, each on its own. They answer
// how near a question comes to each, by words and by runs of two to four characters.
type phrasings struct {
	*runs
	norms []float32 // by phrasing: length of its vector of words
}

// runs are the runs of characters that the phrasings have.
type runs struct {
	owner []int32          // by phrasing: its document
	grams map[uint32]int32 // to their place in posts
	posts lists[posting]   // by gram
	norms []float32        // by phrasing: length of its vector of grams
}

// A posting is a phrasing that has a gram, with what the gram weighs there.
type posting struct {
	phrasing int32
	weight   float32
}

// newPhrasings gathers the documents' phrasings. Those of old, which may be nil, are taken over when they are the same.
func newPhrasings(v *vocabulary, documents []document, old *shelf) *phrasings {
	p := &phrasings{}
	for i := range documents {
		for _, phrasing := range documents[i].phrasings {
			var sum float32
			for _, id := range phrasing.ids {
				w := v.weights[id] * v.rarity(id)
				sum += w * w
			}
			p.norms = append(p.norms, float32(math.Sqrt(float64(sum))))
		}
	}
	if old != nil && slices.EqualFunc(old.documents, documents, document.asksAs) {
		p.runs = old.phrasings.runs
	} else {
		p.runs = newRuns(v, documents)
	}
	return p
}

// asksAs reports whether two documents are asked for in the same ways.
func (d document) asksAs(other document) bool {
	return d.section.Title == other.section.Title && slices.Equal(d.section.Phrasings, other.section.Phrasings)
}

func newRuns(v *vocabulary, documents []document) *runs {
	p := &runs{grams: map[uint32]int32{}}
	var all []gram // of all phrasings, one after the other
	var ends []int
	for i := range documents {
		for _, phrasing := range documents[i].phrasings {
			p.owner = append(p.owner, int32(i))
			all = gramsOf(all, v.texts(phrasing.words))
			ends = append(ends, len(all))
		}
	}
	p.post(all, ends)
	return p
}

// post makes the postings of all phrasings' grams; those of phrasing i end at ends[i].
func (p *runs) post(all []gram, ends []int) {
	var found []int32 // by gram: phrasings that have it
	for _, g := range all {
		id, ok := p.grams[g.run]
		if !ok {
			id = int32(len(found))
			p.grams[g.run] = id
			found = append(found, 0)
		}
		found[id]++
	}
	p.posts = newLists[posting](found)
	p.norms = make([]float32, len(ends))
	start := 0
	for i, end := range ends {
		var sum float32
		for _, g := range all[start:end] {
			id := p.grams[g.run]
			w := g.weight() * p.gramWeight(int(found[id]))
			p.posts.add(id, posting{int32(i), w})
			sum += w * w
		}
		p.norms[i] = float32(math.Sqrt(float64(sum)))
		start = end
	}
}

// gramWeight is what a gram tells that n phrasings have.
func (p *runs) gramWeight(n int) float32 {
	return float32(math.Log(1+float64(len(p.owner))/float64(n+1)) + 0.1)
}

// A gram is a run of characters with how often a text has it. The run's two to four bytes stand in run from the
// highest byte on, so that grams sort as the runs would.
type gram struct {
	run   uint32
	count int32
}

// gramsOf appends the runs of 2 to 4 bytes in each word, with its edges marked, to grams, in order: sums of floats
// depend on it.
func gramsOf(grams []gram, words []string) []gram {
	var room [512]uint32
	runs := room[:0]
	for _, w := range words {
		before, last := uint32(' '), uint32(0) // the last three bytes and how many there were
		for i := 0; i <= len(w); i++ {
			b := uint32(' ')
			if i < len(w) {
				b = uint32(w[i])
			}
			before = before<<8 | b
			last++
			runs = append(runs, before<<16)
			if last > 1 {
				runs = append(runs, before<<8)
			}
			if last > 2 {
				runs = append(runs, before)
			}
		}
	}
	slices.Sort(runs)
	for i, r := range runs {
		if i > 0 && r == runs[i-1] {
			grams[len(grams)-1].count++
		} else {
			grams = append(grams, gram{r, 1})
		}
	}
	return grams
}

// weight is what a gram counts for being there once or more often.
func (g gram) weight() float32 {
	if g.count == 1 {
		return 1
	}
	return float32(1 + math.Log(float64(g.count)))
}

// nearest fills near, which holds zeroes, with every phrasing's cosine with the question by character runs. A question
// meets most phrasings by some common run, half a million times on 18,000 headings, so near is plain sums: to list
// which of them were met would take half as long again.
func (p *runs) nearest(words []string, near []float32) {
	var norm float64
	for _, g := range gramsOf(nil, words) {
		var posts []posting
		if id, ok := p.grams[g.run]; ok {
			posts = p.posts.of(id)
		}
		w := g.weight() * p.gramWeight(len(posts))
		norm += float64(w * w)
		for _, post := range posts {
			near[post.phrasing] += w * post.weight
		}
	}
	scale := float32(1 / math.Sqrt(norm+1e-9))
	for i, sum := range near {
		if sum != 0 {
			near[i] = sum * (scale / max(p.norms[i], 1e-6))
		}
	}
}

// A nearness is a sum for each of many things, of which a question touches few.
type nearness struct {
	at      []float32
	touched []int32
}

func (n *nearness) add(i int32, x float32) {
	if n.at[i] == 0 {
		n.touched = append(n.touched, i)
	}
	n.at[i] += x
}

// raise makes x the sum unless it is higher.
func (n *nearness) raise(i int32, x float32) {
	if n.at[i] == 0 {
		n.touched = append(n.touched, i)
	}
	n.at[i] = max(n.at[i], x)
}

func (n *nearness) clear() {
	for _, i := range n.touched {
		n.at[i] = 0
	}
	n.touched = n.touched[:0]
}
