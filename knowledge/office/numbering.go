package office

import "strconv"

// maxStart bounds the number of a list's first item: Markdown's numbers have nine digits at most.
const maxStart = 1_000_000

// A listLevel says how one level of a list is marked.
type listLevel struct {
	format string // bullet, decimal, none and so on
	start  int
}

// A numbering holds the document's lists and counts their items.
type numbering struct {
	lists  map[string]map[int]listLevel // by the list's id and the level from 0
	shared map[string]string            // lists that count together: the id of what they are made of
	counts map[string]*[10]int
}

// readNumbering reads word/numbering.xml; no lists when there is none.
func readNumbering(data []byte) (*numbering, error) {
	n := &numbering{lists: map[string]map[int]listLevel{}, shared: map[string]string{}, counts: map[string]*[10]int{}}
	if len(data) == 0 {
		return n, nil
	}
	root, err := parse(data)
	if err != nil {
		return nil, err
	}
	abstract := map[string]map[int]listLevel{}
	for _, c := range root.children {
		if c.name == "abstractNum" {
			abstract[c.value("abstractNumId")] = readLevels(c)
		}
	}
	for _, c := range root.children {
		if c.name != "num" {
			continue
		}
		id, of := c.value("numId"), c.val("abstractNumId")
		levels := map[int]listLevel{}
		for i, l := range abstract[of] {
			levels[i] = l
		}
		n.shared[id] = of
		for _, o := range c.children {
			level, err := strconv.Atoi(o.value("ilvl"))
			if o.name != "lvlOverride" || err != nil {
				continue
			}
			n.shared[id] = "own " + id // it starts anew
			l := levels[level]
			if own := o.child("lvl"); own != nil {
				l = readLevel(own)
			}
			if start, err := strconv.Atoi(o.val("startOverride")); err == nil {
				l.start = min(max(start, 1), maxStart)
			}
			levels[level] = l
		}
		n.lists[id] = levels
	}
	return n, nil
}

func readLevels(n *node) map[int]listLevel {
	levels := map[int]listLevel{}
	for _, c := range n.children {
		if level, err := strconv.Atoi(c.value("ilvl")); c.name == "lvl" && err == nil {
			levels[level] = readLevel(c)
		}
	}
	return levels
}

func readLevel(n *node) listLevel {
	l := listLevel{format: n.val("numFmt"), start: 1}
	if start, err := strconv.Atoi(n.val("start")); err == nil {
		l.start = min(max(start, 1), maxStart)
	}
	return l
}

// A mark is what stands before a list item.
type mark struct {
	level  int
	number int    // 0 for a bullet
	list   string // items of other lists do not go on counting
}

// mark returns the mark of a paragraph with these numbering properties, and counts it; false when it has none.
func (n *numbering) mark(properties *node) (mark, bool) {
	id := properties.val("numId")
	level, err := strconv.Atoi(properties.val("ilvl"))
	if err != nil || level < 0 || level > 8 {
		level = 0
	}
	if properties == nil || id == "" || id == "0" {
		return mark{}, false
	}
	m := mark{level: level, list: n.shared[id]}
	how, known := n.lists[id][level]
	switch {
	case !known || how.format == "bullet":
		return m, true
	case how.format == "none":
		return mark{}, false
	}
	counts, ok := n.counts[m.list]
	if !ok {
		counts = &[10]int{}
		n.counts[m.list] = counts
	}
	if counts[level] == 0 {
		counts[level] = how.start
	} else {
		counts[level]++
	}
	for i := level + 1; i < len(counts); i++ {
		counts[i] = 0
	}
	m.number = counts[level]
	return m, true
}
