package index

import (
	"math"
	"slices"
	"strings"
)

// phrasings are all the ways in which the sections' questions are put, headings among them, each on its own. They
// answer how near a question comes to each, by words and by runs of two to four characters.
type phrasings struct {
	owner []int32 // by phrasing: its document
	words [][]int32
	norms []float32 // by phrasing: length of its vector of words
	grams map[string]int32
	posts [][]posting // by gram
	gnorm []float32   // by phrasing: length of its vector of grams
}

type posting struct {
	phrasing int32
	weight   float32
}

func newPhrasings() *phrasings { return &phrasings{grams: map[string]int32{}} }

func (p *phrasings) len() int { return len(p.owner) }

// add takes a phrasing of document owner: its words as ids and as written.
func (p *phrasings) add(owner int32, ids []int32, words []string) {
	n := int32(len(p.owner))
	p.owner = append(p.owner, owner)
	p.words = append(p.words, ids)
	for _, g := range gramsOf(words) {
		id, ok := p.grams[g.text]
		if !ok {
			id = int32(len(p.posts))
			p.grams[strings.Clone(g.text)] = id
			p.posts = append(p.posts, nil)
		}
		p.posts[id] = append(p.posts[id], posting{n, g.weight()})
	}
}

// weigh counts the lengths of all vectors, once all phrasings are in.
func (p *phrasings) weigh(v *vocabulary) {
	p.norms = make([]float32, len(p.owner))
	p.gnorm = make([]float32, len(p.owner))
	for i, ids := range p.words {
		var sum float32
		for _, id := range ids {
			w := v.weights[id] * v.rarity(id)
			sum += w * w
		}
		p.norms[i] = float32(math.Sqrt(float64(sum)))
	}
	for id, list := range p.posts {
		w := p.gramWeight(len(list))
		for j := range list {
			p.posts[id][j].weight *= w
			p.gnorm[list[j].phrasing] += list[j].weight * list[j].weight
		}
	}
	for i, sum := range p.gnorm {
		p.gnorm[i] = float32(math.Sqrt(float64(sum)))
	}
}

func (p *phrasings) gramWeight(n int) float32 {
	return float32(math.Log(1+float64(len(p.owner))/float64(n+1)) + 0.1)
}

// A gram is a run of characters with how often a text has it.
type gram struct {
	text  string
	count int
}

// gramsOf counts the runs of 2 to 4 bytes in each word, with its edges marked, in their order: sums of floats depend
// on it.
func gramsOf(words []string) []gram {
	var b strings.Builder
	for _, w := range words {
		b.WriteByte(' ')
		b.WriteString(w)
		b.WriteByte(' ')
	}
	all, at := b.String(), 0
	runs := make([]string, 0, 3*len(all))
	for _, w := range words {
		for n := 2; n <= 4; n++ {
			for i := at; i+n <= at+len(w)+2; i++ {
				runs = append(runs, all[i:i+n])
			}
		}
		at += len(w) + 2
	}
	slices.Sort(runs)
	grams := make([]gram, 0, len(runs))
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

// nearest fills near with every phrasing's cosine with the question by character runs.
func (p *phrasings) nearest(words []string, near *nearness) {
	var norm float64
	for _, g := range gramsOf(words) {
		var posts []posting
		if id, ok := p.grams[g.text]; ok {
			posts = p.posts[id]
		}
		w := g.weight() * p.gramWeight(len(posts))
		norm += float64(w * w)
		for _, post := range posts {
			near.add(post.phrasing, w*post.weight)
		}
	}
	scale := float32(1 / math.Sqrt(norm+1e-9))
	for _, i := range near.touched {
		near.at[i] *= scale / max(p.gnorm[i], 1e-6)
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

func (n *nearness) clear() {
	for _, i := range n.touched {
		n.at[i] = 0
	}
	n.touched = n.touched[:0]
}
