package index

// A feature is a bucket and how much it counts in this text.
type feature struct {
	bucket uint32
	value  float32
}

func (c *classifier) bucket(space byte, s string) uint32 { return hash(space, s) & c.mask }

// hash tells strings apart that stand for different kinds of features.
func hash(space byte, s string) uint32 {
	h := uint32(2166136261) // FNV-1a
	h = (h ^ uint32(space)) * 16777619
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h ^ h>>15
}
