package knowledge

import (
	"regexp"

	"github.com/goccy/go-yaml/ast"
)

var (
	staffKey     = regexp.MustCompile(`^(telegram:\d+|discord:(role:)?\d+|web:\S+)$`)
	staffRoomKey = regexp.MustCompile(`^(telegram:-?\d+(:\d+)?|discord:\d+)$`)
)

// staff reads who looks after the knowledge, and where:
//
//	staff:
//	  people: [telegram:77, discord:81, discord:role:9]
//	  rooms: [telegram:-100123, discord:82]
func (y *yamlReader) staff(n ast.Node, into *Staff) {
	y.mapping(n, "staff", map[string]func(ast.Node){
		"people": y.ids("staff: people", "nobody's id", staffKey,
			"write telegram:NUMBER, discord:NUMBER or discord:role:NUMBER; names can change hands", &into.People),
		"rooms": y.ids("staff: rooms", "no room's id", staffRoomKey,
			"write telegram:CHAT, telegram:CHAT:TOPIC or discord:CHANNEL, with the numbers of the platform", &into.Rooms),
	})
}
