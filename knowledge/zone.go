package knowledge

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

// A Zone is the time zone that a desk is in. The zero one is the machine's own.
type Zone struct {
	Name     string // such as America/Chicago
	location *time.Location
}

// LoadZone returns the zone with a name of the IANA's. Names without a region, such as EST, are none: most of them know no
// summer time.
func LoadZone(name string) (Zone, error) {
	if !strings.Contains(name, "/") && name != "UTC" {
		return Zone{}, fmt.Errorf("unknown time zone %q", name)
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return Zone{}, err
	}
	return Zone{name, location}, nil
}

// Clock returns an instant as the desk's clock shows it.
func (z Zone) Clock(at time.Time) time.Time {
	if z.location == nil {
		return at.Local()
	}
	return at.In(z.location)
}

// Day returns the day that an instant falls on at the desk, at 00:00 UTC, as the dates of sections are: days are compared
// with days, so that no date depends on a zone.
func (z Zone) Day(at time.Time) time.Time {
	y, m, d := z.Clock(at).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Equal reports whether two zones have the same name.
func (z Zone) Equal(o Zone) bool { return z.Name == o.Name }

// zone stores a time zone.
func (y *yamlReader) zone(into *Zone) func(ast.Node) {
	return func(n ast.Node) {
		var written string
		y.text("timezone", &written)(n)
		if written == "" {
			return
		}
		z, err := LoadZone(written)
		if err != nil {
			advice := "write the region and the nearest large city, such as America/New_York, America/Chicago, America/Denver or America/Los_Angeles"
			if meant, err := LoadZone(zoneSpelling(written)); err == nil {
				advice = fmt.Sprintf("did you mean %s?", meant.Name)
			}
			y.add(n, Error, fmt.Sprintf("timezone: %q is no name of a time zone", written), advice)
			return
		}
		*into = z
	}
}

// zoneSpelling spells a name as most zones are: America/New_York for america/new york.
func zoneSpelling(name string) string {
	begins := true
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			r = '_'
		}
		was := begins
		begins = r == '/' || r == '_'
		if was {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, name)
}
