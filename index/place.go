package index

import "math"

// place says what a text is about; nil when it cannot be told.
func (l *language) place(words []string) subjects {
	if len(l.subjects) == 0 || len(words) == 0 {
		return nil
	}
	in := l.subjectFeatures(words, archetypeBuckets-1)
	part := float32(math.Sqrt(1 / float64(len(l.subjects)))) // of a scale in all
	var about subjects
	first := int32(0)
	for _, a := range l.subjects {
		for i, p := range a.place(in) {
			if p >= smallSubject {
				about = append(about, subject{first + int32(i), part * float32(math.Sqrt(float64(p)))})
			}
		}
		first += int32(len(a.names))
	}
	return about
}

// place returns the probability of each archetype for a text's features.
func (a *archetypes) place(in []feature) []float32 {
	sums := make([]float32, len(a.names))
	for ; len(in) >= 4; in = in[4:] {
		a.addFour(sums, [4]feature(in))
	}
	for _, f := range in {
		for i, w := range a.row(f) {
			sums[i] += f.value * floats[w]
		}
	}
	for i := range sums {
		sums[i] = sums[i]*a.steps[i] + a.biases[i]
	}
	softmax(sums)
	return sums
}

// addFour adds what four features weigh, one after the other. A large knowledge base is read for the most part here:
// a sum is loaded and stored once for the four, and a weight's value is looked up, since to convert it takes longer
// than all the rest (BenchmarkPlace).
func (a *archetypes) addFour(sums []float32, in [4]feature) {
	r0, r1, r2, r3 := a.row(in[0]), a.row(in[1]), a.row(in[2]), a.row(in[3])
	r0, r1, r2, r3 = r0[:len(sums)], r1[:len(sums)], r2[:len(sums)], r3[:len(sums)] // so that no index is checked
	for i, s := range sums {
		s += in[0].value * floats[r0[i]]
		s += in[1].value * floats[r1[i]]
		s += in[2].value * floats[r2[i]]
		s += in[3].value * floats[r3[i]]
		sums[i] = s
	}
}

// row returns a feature's weights.
func (a *archetypes) row(f feature) []byte {
	n := len(a.names)
	return a.weights[int(f.bucket&a.mask)*n:][:n]
}

// floats holds the value of each weight, an int8 in a byte.
var floats = func() (values [256]float32) {
	for i := range values {
		values[i] = float32(int8(i))
	}
	return values
}()

// subjectFeatures returns a text's hashed stems, pairs of stems and concepts, scaled to length 1.
func (l *language) subjectFeatures(words []string, mask uint32) []feature {
	stems, facts := l.factsOf(words)
	in := make([]feature, 0, 4*len(stems))
	add := func(space byte, s string, value float32) {
		in = append(in, feature{hash(space, s) & mask, value})
	}
	before := "^"
	for i, s := range stems {
		add('w', s, 0.3+facts[i].weight/maxWeight)
		add('b', before+" "+s, 0.6)
		before = s
		senses := l.sensesAt(stems, facts, i)
		for _, id := range senses[:min(len(senses), maxSenses)] {
			add('c', l.thesaurus.concepts[id].name, 0.7/float32(len(senses)))
		}
	}
	return gather(in)
}
