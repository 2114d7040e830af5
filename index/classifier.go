package index

import (
	"context"
	"math"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// A classifier tells from a question's words and characters which section it belongs to, learned while building from
// the phrasings that staff gave. It is one linear layer under a softmax (multinomial logistic regression) over hashed
// traits (traits.go), trained by stochastic gradient descent with AdaGrad's step sizes (Duchi, Hazan, Singer, JMLR
// 2011). The same examples in the same order give the same classifier.
type classifier struct {
	lang    *language // whose stems, thesaurus and archetypes the features are made of
	labels  int
	mask    uint32    // buckets - 1
	idf     []float32 // per bucket; 0 for buckets no example falls into
	rows    []int32   // per bucket: its row of weights; 0, where nothing is learned, when no example ever fell into it
	height  int       // rows there are but row 0
	weights []float32 // row-major: weights[row*labels+label]
	bias    []float32

	learned int       // examples
	seen    []int32   // per bucket: examples that fall into it
	squares []float32 // per bucket: AdaGrad's sums; one a bucket takes a third of the memory and does as well
	drift   int       // examples that came or went since all were learned together
}

// An example is one phrasing, as normalised words, what it is about, and the number of the section that it belongs to.
type example struct {
	words []string
	about subjects
	label int
}

// The bounds that keep training to a fraction of the build and the weights to a few megabytes.
const (
	maxClassifierWeights  = 6 << 20 // 24 MiB of weights
	minClassifierBuckets  = 1 << 12 // with fewer, features collide too often to help
	maxClassifierBuckets  = 1 << 16
	classifierEpochs      = 8
	classifierRate        = 1.1 // falls to nothing over the epochs
	classifierDecay       = 1e-6
	classifierSmallChance = 1e-3 // a label this unlikely learns nothing from an example
	classifierWork        = 2e9  // multiplications that training may take: a few seconds
)

// trainClassifier learns from the examples, whose labels run from 0 to labels-1. It returns nil when there is nothing
// to tell apart or too much for the bounds, and when ctx ends.
func trainClassifier(ctx context.Context, l *language, examples []example, labels int) *classifier {
	if labels < 2 || len(examples) < 2*labels {
		return nil
	}
	buckets := bucketsFor(labels)
	if buckets < minClassifierBuckets {
		return nil
	}
	c := &classifier{lang: l, labels: labels, mask: uint32(buckets - 1), bias: make([]float32, labels)}
	inputs, total := c.inputs(examples), 0
	for _, in := range inputs {
		total += len(in)
	}
	epochs := min(classifierEpochs, int(classifierWork/float64(total*labels*2+1)))
	if epochs == 0 {
		return nil
	}
	c.seen, c.rows = make([]int32, buckets), make([]int32, buckets)
	c.count(inputs, 1)
	c.enrol(inputs)
	c.weigh()
	for _, in := range inputs {
		c.scale(in)
	}
	c.weights = make([]float32, (1+c.height)*labels)
	if !c.descend(ctx, course{examples, inputs, shuffled(examples), epochs, classifierRate}) {
		return nil
	}
	return c
}

// inputs returns the features of examples.
func (c *classifier) inputs(examples []example) [][]feature {
	all := make([][]feature, len(examples))
	var work errgroup.Group
	work.SetLimit(runtime.GOMAXPROCS(0))
	for from := 0; from < len(all); from += readAtOnce {
		work.Go(func() error {
			for i := from; i < min(from+readAtOnce, len(all)); i++ {
				all[i] = c.features(examples[i].words, examples[i].about)
			}
			return nil
		})
	}
	work.Wait()
	return all
}

// enrol gives a row of weights to buckets that have none yet: in the order in which examples have them, so that learning
// one example goes through memory here and there and not all over.
func (c *classifier) enrol(inputs [][]feature) {
	for _, in := range inputs {
		for _, f := range in {
			if c.rows[f.bucket] == 0 {
				c.height++
				c.rows[f.bucket] = int32(c.height)
			}
		}
	}
}

// bucketsFor returns how many buckets there is room for with so many labels.
func bucketsFor(labels int) int {
	buckets := maxClassifierBuckets
	for buckets*labels > maxClassifierWeights {
		buckets /= 2
	}
	return buckets
}

// count notes that examples came (1) or went (-1).
func (c *classifier) count(inputs [][]feature, by int32) {
	c.learned += len(inputs) * int(by)
	for _, in := range inputs {
		for _, f := range in {
			c.seen[f.bucket] += by
		}
	}
}

// weigh says how telling each bucket is.
func (c *classifier) weigh() {
	c.idf = make([]float32, len(c.seen))
	for b, n := range c.seen {
		if n > 0 {
			c.idf[b] = float32(math.Log(float64(c.learned+1)/float64(n+1))) + 1
		}
	}
}

// scale weighs a text's features by how telling they are and brings the whole to length 1.
func (c *classifier) scale(in []feature) {
	var sum float64
	for i := range in {
		in[i].value *= c.idf[in[i].bucket]
		sum += float64(in[i].value) * float64(in[i].value)
	}
	if sum == 0 {
		return
	}
	norm := float32(1 / math.Sqrt(sum))
	for i := range in {
		in[i].value *= norm
	}
}

// probabilities returns how likely each label is for a question that is about the subjects; they sum to 1.
func (c *classifier) probabilities(words []string, about subjects) []float32 {
	in := c.features(words, about)
	c.scale(in)
	p := make([]float32, c.labels)
	c.forward(in, p)
	softmax(p)
	return p
}

// softmax turns scores into probabilities in place. One that would be under a ten-millionth of the highest is none: of
// hundreds most are.
func softmax(p []float32) {
	const lowest = -16
	top := p[0]
	for _, v := range p {
		top = max(top, v)
	}
	var sum float32
	for i, v := range p {
		if p[i] = 0; v-top > lowest {
			p[i] = float32(math.Exp(float64(v - top)))
			sum += p[i]
		}
	}
	for i := range p {
		p[i] /= sum
	}
}
