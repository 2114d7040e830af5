package knowledge

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

var (
	roomKey   = regexp.MustCompile(`^(private|public|(telegram|discord|web|terminal)(:(private|public))?|telegram:-?\d+(:\d+)?|discord:(server:)?\d+|web:\S+)$`)
	personKey = regexp.MustCompile(`^(telegram:-?\d+|discord:\d+|web:\S+)$`)
)

// rooms reads the table of rooms.
func (y *yamlReader) rooms(n ast.Node) map[string]Room {
	values, ok := pairs(n)
	if !ok {
		y.add(n, Error, "rooms must be a table", "write each room as telegram:-100123: {answer: mention}")
		return nil
	}
	rooms := map[string]Room{}
	for _, pair := range values {
		key := strings.TrimSpace(scalar(pair.Key))
		if !roomKey.MatchString(key) {
			y.add(pair.Key, Error, fmt.Sprintf("%q names no room", key),
				"write private, public, telegram:CHAT, telegram:CHAT:TOPIC, discord:CHANNEL or discord:server:SERVER, with the numbers of the platform")
			continue
		}
		rooms[key] = y.room(pair, key)
	}
	return rooms
}

func (y *yamlReader) room(pair *ast.MappingValueNode, key string) Room {
	r := Room{Source: y.at(pair.Key)}
	if pair.Value.Type() == ast.NullType {
		return r
	}
	var answer, replies, privacy string
	y.mapping(pair.Value, "the room "+strconv.Quote(key), map[string]func(ast.Node){
		"answer":            y.word("answer", &answer, string(ModeOff), string(ModeAsk), string(ModeMention), string(ModeAuto)),
		"confidence":        y.fraction("confidence", &r.Confidence),
		"tags":              y.tags(&r.Tags),
		"replies":           y.word("replies", &replies, string(ToAll), string(ToAsker)),
		"cooldown":          y.duration("cooldown", &r.Cooldown),
		"quiet_after_staff": y.duration("quiet_after_staff", &r.Quiet),
		"staff":             y.people(&r.Staff),
		"privacy":           y.word("privacy", &privacy, string(KeepNothing), string(KeepCounts), string(KeepClustered), string(KeepFull)),
	})
	r.Answer, r.Replies, r.Privacy = Mode(answer), Audience(replies), Privacy(privacy)
	return r
}

// limits reads how many questions are answered a minute.
func (y *yamlReader) limits(n ast.Node, into *Limits) {
	y.mapping(n, "limits", map[string]func(ast.Node){
		"person": y.count("limits: person", &into.Person), "room": y.count("limits: room", &into.Room),
	})
}

// word stores one of a few words.
func (y *yamlReader) word(what string, into *string, known ...string) func(ast.Node) {
	return func(n ast.Node) {
		written := strings.TrimSpace(scalar(n))
		if isScalar(n) && slices.Contains(known, written) {
			*into = written
			return
		}
		y.add(n, Error, fmt.Sprintf("%s: %q is not understood", what, written), "write one of "+strings.Join(known, ", "))
	}
}

// tags stores a list of tags; an empty one stands for all articles.
func (y *yamlReader) tags(into *[]string) func(ast.Node) {
	return func(n ast.Node) {
		*into = []string{}
		y.list("tags", into)(n)
	}
}

// people stores a list of people's ids.
func (y *yamlReader) people(into *[]string) func(ast.Node) {
	return y.ids("staff", "nobody's id", personKey, "write telegram:NUMBER or discord:NUMBER; names can change hands", into)
}

// ids stores a list of ids of a platform. no says what one is that pattern does not know.
func (y *yamlReader) ids(what, no string, pattern *regexp.Regexp, advice string, into *[]string) func(ast.Node) {
	return func(n ast.Node) {
		for _, item := range oneOrMore(n) {
			id := strings.TrimSpace(scalar(item))
			if pair, ok := pairs(item); ok && len(pair) == 1 { // how {staff: [telegram:7]} is read
				id = scalar(pair[0].Key) + ":" + scalar(pair[0].Value)
			}
			if !pattern.MatchString(id) {
				y.add(item, Error, fmt.Sprintf("%s: %q is %s", what, id, no), advice)
				continue
			}
			*into = append(*into, id)
		}
	}
}

// longest bounds the times in the table of rooms: what is longer is a slip.
const longest = 7 * 24 * time.Hour

// duration stores a time such as 90s, 10m or 2h. A bare number counts minutes.
func (y *yamlReader) duration(what string, into **time.Duration) func(ast.Node) {
	return func(n ast.Node) {
		written := strings.TrimSpace(scalar(n))
		d, err := time.ParseDuration(written)
		if minutes, numeric := strconv.ParseFloat(written, 64); numeric == nil && minutes >= 0 && minutes <= longest.Minutes() {
			d, err = time.Duration(minutes*float64(time.Minute)), nil
		}
		if err != nil || !isScalar(n) || d < 0 || d > longest {
			y.add(n, Error, fmt.Sprintf("%s: %q is no time", what, written), "write 30s, 10m or 2h, at most 168h")
			return
		}
		*into = &d
	}
}

// count stores a whole number that is not negative.
func (y *yamlReader) count(what string, into *int) func(ast.Node) {
	return func(n ast.Node) {
		number, err := strconv.Atoi(strings.TrimSpace(scalar(n)))
		const advice = "write how many questions a minute, or 0 for any number"
		switch {
		case err != nil:
			y.add(n, Error, fmt.Sprintf("%s: %q is no whole number", what, scalar(n)), advice)
			return
		case number < 0:
			y.add(n, Error, fmt.Sprintf("%s: it must be 0 or more, not %d", what, number), advice)
			return
		}
		*into = number
	}
}

// fraction stores a number from 0 to 1.
func (y *yamlReader) fraction(what string, into *float64) func(ast.Node) {
	return func(n ast.Node) {
		number, err := strconv.ParseFloat(strings.TrimSpace(scalar(n)), 64)
		if err != nil || !(number > 0 && number <= 1) {
			y.add(n, Error, fmt.Sprintf("%s: %q is not between 0 and 1", what, scalar(n)), "write a number such as 0.9")
			return
		}
		*into = number
	}
}

// warnUnusedTags tells of rooms that may use only articles that do not exist.
func warnUnusedTags(s Settings, articles []Article, p *problems) {
	known := map[string]bool{}
	for _, section := range (Base{Articles: articles}).Sections() {
		for _, tag := range section.Tags {
			known[tag] = true
		}
	}
	for key, room := range s.Rooms {
		for _, tag := range room.Tags {
			if !known[tag] {
				p.add(room.Source, Warning, fmt.Sprintf("the room %q uses the tag %q, which nothing carries", key, tag), "add it to an article's tags")
			}
		}
	}
}
