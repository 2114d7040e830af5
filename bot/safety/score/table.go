package score

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// A row is what one feature says for each outcome, in the model's units.
type row [outcomes]int8

// A table holds rows by the hashes of their features. It reads the content of a file as it stands, since there are
// many rows and the desk starts with it.
type table struct {
	keys   []byte         // the hashes, four bytes each, in order
	rows   []byte         // theirs, in the same order
	starts []uint32       // by the upper half of a hash: how many keys have a lower one
	added  map[uint32]row // after it was made; they come before the others
}

const halves = 1 << 16 // that the upper half of a hash may be

// newTable returns the table of what is encoded in keys and rows.
func newTable(keys, rows []byte) (table, error) {
	t := table{keys: keys, rows: rows, starts: make([]uint32, halves+1)}
	half, last := 0, uint32(0)
	for i := range len(keys) / 4 {
		h := t.key(i)
		if i > 0 && h <= last {
			return table{}, errors.New("the hashes are out of order")
		}
		last = h
		for ; half <= int(h>>16); half++ {
			t.starts[half] = uint32(i)
		}
	}
	for ; half <= halves; half++ {
		t.starts[half] = uint32(len(keys) / 4)
	}
	return t, nil
}

// tableOf returns a table of rows.
func tableOf(rows map[uint32]row) table {
	var keys, encoded []byte
	for _, h := range slices.Sorted(maps.Keys(rows)) {
		keys = binary.LittleEndian.AppendUint32(keys, h)
		for _, w := range rows[h] {
			encoded = append(encoded, byte(w))
		}
	}
	t, _ := newTable(keys, encoded) // the hashes of a map are sorted
	return t
}

func (t *table) key(i int) uint32 { return binary.LittleEndian.Uint32(t.keys[4*i:]) }

// get returns the row of h; false when it has none.
func (t *table) get(h uint32) (r row, ok bool) {
	if t.added != nil {
		if r, ok = t.added[h]; ok {
			return r, true
		}
	}
	if t.starts == nil {
		return row{}, false
	}
	for i, end := int(t.starts[h>>16]), int(t.starts[h>>16+1]); i < end; i++ {
		if t.key(i) == h {
			for k, w := range t.rows[i*outcomes : (i+1)*outcomes] {
				r[k] = int8(w)
			}
			return r, true
		}
	}
	return row{}, false
}

// The file of a model is, all little-endian: the magic, the threshold, the unit and the bias as float32, the number of
// rows as uint32, their hashes, uint32, in order, and their int8s in the same order.
const magic = "frontdesk score 2\n"

// MarshalBinary returns the model as a file's content, without its concepts and what [Model.Adapt] changed.
func (m *Model) MarshalBinary() ([]byte, error) {
	out := []byte(magic)
	float := func(f float32) { out = binary.LittleEndian.AppendUint32(out, math.Float32bits(f)) }
	float(float32(m.Threshold))
	float(m.unit)
	for _, b := range m.bias {
		float(b)
	}
	out = binary.LittleEndian.AppendUint32(out, uint32(len(m.table.keys)/4))
	return slices.Concat(out, m.table.keys, m.table.rows), nil
}

// Load returns the model that [Model.MarshalBinary] wrote to data and that was trained with the concepts. It goes on
// reading data.
func Load(data []byte, c *Concepts) (*Model, error) {
	const head = len(magic) + 4*(outcomes+3)
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
	if len(data)-head != n*(4+outcomes) {
		return nil, fmt.Errorf("load score: %d bytes of weights, want %d", len(data)-head, n*(4+outcomes))
	}
	var err error
	if m.table, err = newTable(data[head:head+4*n], data[head+4*n:]); err != nil {
		return nil, fmt.Errorf("load score: %w", err)
	}
	return m, nil
}
