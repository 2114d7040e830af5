package embed

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// Cache keeps the vectors of a slow model in a file, so that a build asks only for texts it has not seen. Texts
// themselves are not kept: their SHA-256 stands for them. It is meant for staff's texts; questions go to the model
// itself, since they would fill the file and are nobody's to keep. Two programs may share a file.
//
// The file is a header line naming the format and the model, then records of one hash (32 bytes), a dimension (uint32)
// and that many float32, little-endian. A record cut short by a crash is dropped, and so is everything of another
// model.
type Cache struct {
	model Model

	mu    sync.Mutex
	known map[[sha256.Size]byte][]float32
	file  *os.File
}

// cacheFormat names the format. Files of the first held what people asked, and are emptied.
const cacheFormat = "frontdesk-vectors-2"

// maxDimension bounds what a record may claim.
const maxDimension = 1 << 14

// OpenCache keeps model's vectors in the file at path, which need not exist.
func OpenCache(model Model, path string) (*Cache, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open vector cache: %w", err)
	}
	c := &Cache{model: model, known: map[[sha256.Size]byte][]float32{}, file: file}
	if err := c.restore(); err != nil {
		file.Close()
		return nil, fmt.Errorf("open vector cache %q: %w", path, err)
	}
	return c, nil
}

// restore reads the file up to the last whole record and cuts it there.
func (c *Cache) restore() error {
	r := bufio.NewReader(c.file)
	line, err := r.ReadString('\n')
	if err != nil || line != c.header() {
		return c.empty()
	}
	whole := int64(len(line))
	for {
		hash, v, err := readRecord(r)
		if err != nil {
			break
		}
		c.known[hash] = v
		whole += sha256.Size + 4 + int64(len(v))*4
	}
	return c.file.Truncate(whole)
}

func readRecord(r io.Reader) (hash [sha256.Size]byte, v []float32, err error) {
	if _, err = io.ReadFull(r, hash[:]); err != nil {
		return hash, nil, err
	}
	var dim uint32
	if err = binary.Read(r, binary.LittleEndian, &dim); err != nil {
		return hash, nil, err
	}
	if dim == 0 || dim > maxDimension {
		return hash, nil, errors.New("a record of no sensible size")
	}
	v = make([]float32, dim)
	return hash, v, binary.Read(r, binary.LittleEndian, v)
}

// Name returns the model's name.
func (c *Cache) Name() string { return c.model.Name() }

// Embed implements [Model]: from the file what is known, from the model the rest, in one call. What cannot be written to
// the file is no error: the next program asks for it again.
func (c *Cache) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	var missing []string
	var at []int
	c.mu.Lock()
	for i, t := range texts {
		if v, ok := c.known[sha256.Sum256([]byte(t))]; ok {
			vectors[i] = v
			continue
		}
		missing = append(missing, t)
		at = append(at, i)
	}
	c.mu.Unlock()
	if len(missing) == 0 {
		return vectors, nil
	}
	found, err := c.model.Embed(ctx, missing)
	if err != nil {
		return nil, err
	}
	for i, v := range found {
		vectors[at[i]] = v
	}
	c.keep(missing, found)
	return vectors, nil
}

// Check asks the model for one vector, to see that it answers. Vectors of another dimension than that one are forgotten: the
// model's name now stands for another model, and questions could not be compared with them.
func (c *Cache) Check(ctx context.Context) error {
	probe, err := c.model.Embed(ctx, []string{"frontdesk"})
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, v := range c.known {
		if len(v) != len(probe[0]) {
			clear(c.known)
			return c.empty()
		}
	}
	return nil
}

// empty leaves nothing in the file but its header.
func (c *Cache) empty() error {
	if err := c.file.Truncate(0); err != nil {
		return err
	}
	_, err := c.file.WriteString(c.header())
	return err
}

func (c *Cache) header() string { return cacheFormat + " " + c.model.Name() + "\n" }

// keep writes records in one piece, whole or not at all.
func (c *Cache) keep(texts []string, vectors [][]float32) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var records bytes.Buffer
	for i, v := range vectors {
		hash := sha256.Sum256([]byte(texts[i]))
		c.known[hash] = v
		records.Write(hash[:])
		binary.Write(&records, binary.LittleEndian, uint32(len(v)))
		binary.Write(&records, binary.LittleEndian, v)
	}
	info, err := c.file.Stat()
	if err != nil {
		return
	}
	if _, err := c.file.Write(records.Bytes()); err != nil {
		_ = c.file.Truncate(info.Size()) // as of a full disk; the next start cuts it otherwise
	}
}

// Close closes the file.
func (c *Cache) Close() error { return c.file.Close() }
