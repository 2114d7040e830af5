package embed

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// A tensor is a view into a safetensors file: row-major numbers, little-endian.
type tensor struct {
	dtype string
	shape []int
	data  []byte
}

// dtypeSize is the number of bytes that one number takes.
var dtypeSize = map[string]int{"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I8": 1, "U8": 1}

// maxHeader bounds the header, as the format's own reader does.
const maxHeader = 100 << 20

// parseSafetensors reads a file's tensors; their data stays where it is.
//
// Source: https://github.com/huggingface/safetensors#format: eight bytes of header length, a JSON header with each
// tensor's dtype, shape and offsets, then the numbers.
func parseSafetensors(file []byte) (map[string]tensor, error) {
	if len(file) < 8 {
		return nil, errors.New("shorter than its header")
	}
	size := binary.LittleEndian.Uint64(file)
	if size > maxHeader || size > uint64(len(file)-8) {
		return nil, errors.New("the header is longer than the file")
	}
	var header map[string]json.RawMessage
	if err := json.Unmarshal(file[8:8+size], &header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	data := file[8+size:]
	tensors := map[string]tensor{}
	for name, raw := range header {
		if name == "__metadata__" {
			continue
		}
		t, err := parseTensor(raw, data)
		if err != nil {
			return nil, fmt.Errorf("tensor %q: %w", name, err)
		}
		tensors[name] = t
	}
	return tensors, nil
}

func parseTensor(raw json.RawMessage, data []byte) (tensor, error) {
	var h struct {
		DType   string   `json:"dtype"`
		Shape   []int    `json:"shape"`
		Offsets []uint64 `json:"data_offsets"`
	}
	if err := json.Unmarshal(raw, &h); err != nil {
		return tensor{}, err
	}
	if len(h.Offsets) != 2 || h.Offsets[0] > h.Offsets[1] || h.Offsets[1] > uint64(len(data)) {
		return tensor{}, errors.New("offsets outside the file")
	}
	t := tensor{dtype: h.DType, shape: h.Shape, data: data[h.Offsets[0]:h.Offsets[1]]}
	width, known := dtypeSize[h.DType]
	if !known {
		return tensor{}, fmt.Errorf("numbers of type %q", h.DType)
	}
	n := 1
	for _, d := range h.Shape {
		if d < 0 || d > 0 && n > len(t.data)/d {
			return tensor{}, errors.New("the shape does not fit the data")
		}
		n *= d
	}
	if n*width != len(t.data) {
		return tensor{}, errors.New("the shape does not fit the data")
	}
	return t, nil
}

// len returns how many numbers the tensor holds.
func (t tensor) len() int { return len(t.data) / dtypeSize[t.dtype] }

// read fills out with the numbers from the given one on.
func (t tensor) read(from int, out []float32) error {
	width := dtypeSize[t.dtype]
	raw := t.data[from*width : (from+len(out))*width]
	for i := range out {
		b := raw[i*width:]
		switch t.dtype {
		case "F64":
			out[i] = float32(math.Float64frombits(binary.LittleEndian.Uint64(b)))
		case "F32":
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b))
		case "BF16":
			out[i] = math.Float32frombits(uint32(binary.LittleEndian.Uint16(b)) << 16)
		case "F16":
			out[i] = half(binary.LittleEndian.Uint16(b))
		case "I8":
			out[i] = float32(int8(b[0]))
		default:
			return fmt.Errorf("numbers of type %q", t.dtype)
		}
	}
	return nil
}

// integer returns the i-th number of a tensor of whole numbers.
func (t tensor) integer(i int) (int64, error) {
	b := t.data[i*dtypeSize[t.dtype]:]
	switch t.dtype {
	case "I64":
		return int64(binary.LittleEndian.Uint64(b)), nil
	case "I32":
		return int64(int32(binary.LittleEndian.Uint32(b))), nil
	}
	return 0, fmt.Errorf("numbers of type %q where whole ones belong", t.dtype)
}

// half returns the value of an IEEE 754 binary16 number.
func half(h uint16) float32 {
	sign := uint32(h>>15) << 31
	exponent := uint32(h >> 10 & 0x1f)
	fraction := uint32(h & 0x3ff)
	switch exponent {
	case 0: // zero and subnormal numbers: fraction × 2^-24
		v := float32(fraction) / (1 << 24)
		if sign != 0 {
			return -v
		}
		return v
	case 0x1f:
		return math.Float32frombits(sign | 0xff<<23 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | fraction<<13)
}
