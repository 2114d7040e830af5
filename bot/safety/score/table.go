package score

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

// A row is what one feature says for each outcome, in the model's units.
type row [outcomes]int8

// A table holds rows by the hashes of their features, in open addressing. The hash 0 marks an empty place.
type table struct {
	keys []uint32
	rows []row
	n    int
}

// newTable returns one with room for n rows.
func newTable(n int) table {
	size := 16
	for size < n*2 {
		size *= 2
	}
	return table{keys: make([]uint32, size), rows: make([]row, size)}
}

// find returns where the row of h is, or where it would go.
func (t *table) find(h uint32) int {
	mask := uint32(len(t.keys) - 1)
	at := (h * 0x9e3779b1) >> 7 & mask
	for t.keys[at] != 0 && t.keys[at] != h {
		at = (at + 1) & mask
	}
	return int(at)
}

// get returns the row of h, nil when it has none.
func (t *table) get(h uint32) *row {
	if len(t.keys) == 0 {
		return nil
	}
	if at := t.find(h); t.keys[at] == h && h != 0 {
		return &t.rows[at]
	}
	return nil
}

// set gives h a row. There must be room.
func (t *table) set(h uint32, r row) {
	if h == 0 {
		return
	}
	at := t.find(h)
	if t.keys[at] == 0 {
		t.n++
	}
	t.keys[at], t.rows[at] = h, r
}

// grown returns a copy with room for n rows more.
func (t *table) grown(n int) table {
	out := newTable(t.n + n)
	for at, h := range t.keys {
		if h != 0 {
			out.set(h, t.rows[at])
		}
	}
	return out
}

// The file of a model is, all little-endian: the magic, the threshold, the unit and the bias as float32, the number of
// rows as uint32, and each row as its hash, uint32, and its int8s, in the order of the hashes.
const magic = "frontdesk score 1\n"

// MarshalBinary returns the model as a file's content, without its concepts.
func (m *Model) MarshalBinary() ([]byte, error) {
	out := []byte(magic)
	float := func(f float32) { out = binary.LittleEndian.AppendUint32(out, math.Float32bits(f)) }
	float(float32(m.Threshold))
	float(m.unit)
	for _, b := range m.bias {
		float(b)
	}
	var keys []uint32
	for _, h := range m.table.keys {
		if h != 0 {
			keys = append(keys, h)
		}
	}
	slices.Sort(keys)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(keys)))
	for _, h := range keys {
		out = binary.LittleEndian.AppendUint32(out, h)
		for _, w := range m.table.get(h) {
			out = append(out, byte(w))
		}
	}
	return out, nil
}

// Load returns the model that [Model.MarshalBinary] wrote to data and that was trained with the concepts.
func Load(data []byte, c *Concepts) (*Model, error) {
	const head, each = len(magic) + 4*(outcomes+3), 4 + outcomes
	if len(data) < head || string(data[:len(magic)]) != magic {
		return nil, errors.New("load score: this is no file of weights")
	}
	m := &Model{concepts: c}
	at := len(magic)
	number := func() uint32 {
		at += 4
		return binary.LittleEndian.Uint32(data[at-4:])
	}
	m.Threshold = float64(math.Float32frombits(number()))
	m.unit = math.Float32frombits(number())
	for k := range m.bias {
		m.bias[k] = math.Float32frombits(number())
	}
	n := int(number())
	if len(data)-head != n*each {
		return nil, fmt.Errorf("load score: %d bytes of weights, want %d", len(data)-head, n*each)
	}
	m.table = newTable(n)
	for range n {
		h := number()
		var r row
		for k := range r {
			r[k] = int8(data[at+k])
		}
		at += outcomes
		m.table.set(h, r)
	}
	return m, nil
}
