package knowledge

import (
	"testing"
	"time"
)

func TestZoneDay(t *testing.T) {
	for _, test := range []struct{ zone, at, want string }{
		{"UTC", "2026-03-01T00:00:00Z", "2026-03-01"},
		{"America/Chicago", "2026-03-01T05:59:59Z", "2026-02-28"},
		{"America/Chicago", "2026-03-01T06:00:00Z", "2026-03-01"},
		{"America/Chicago", "2026-07-01T04:59:59Z", "2026-06-30"}, // in summer a day begins an hour earlier
		{"America/Chicago", "2026-07-01T05:00:00Z", "2026-07-01"},
		{"Asia/Tokyo", "2026-02-28T15:00:00Z", "2026-03-01"},
		{"Asia/Tokyo", "2026-02-28T20:00:00-06:00", "2026-03-01"},
		{"Africa/Cairo", "2026-04-23T22:00:00Z", "2026-04-24"}, // a day without a midnight: it begins at one
		{"Africa/Cairo", "2026-04-23T21:59:59Z", "2026-04-23"},
	} {
		z, err := LoadZone(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := z.Day(at); got.Format(time.RFC3339) != test.want+"T00:00:00Z" {
			t.Errorf("%s: Day(%s) = %v, want %s at 00:00 UTC", test.zone, test.at, got, test.want)
		}
	}
}

// TestMachinesZone is what holds where staff name no zone.
func TestMachinesZone(t *testing.T) {
	at := time.Date(2026, 2, 28, 23, 0, 0, 0, time.Local)
	if got, want := (Zone{}).Day(at.UTC()), time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC); got != want {
		t.Errorf("Day(%v) = %v, want %v", at, got, want)
	}
}

// TestExpiredOverdue: what expires on a day is not served from it on, and a review is overdue from the day after.
func TestExpiredOverdue(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	s := Section{Expires: day(2), ReviewBy: day(2)}
	for d, want := range map[int][2]bool{1: {false, false}, 2: {true, false}, 3: {true, true}} {
		if got := [2]bool{s.Expired(day(d)), s.Overdue(day(d))}; got != want {
			t.Errorf("on day %d expired, overdue = %v, want %v", d, got, want)
		}
	}
	if (Section{}).Expired(day(1)) || (Section{}).Overdue(day(1)) {
		t.Error("a section without dates has expired, or is overdue")
	}
}

func TestTimezone(t *testing.T) {
	const cities = "write the region and the nearest large city, such as America/New_York, "
	for _, test := range []struct{ text, zone, problem string }{
		{"lang: en", "", ""},
		{"timezone:", "", ""},
		{"timezone: America/Chicago", "America/Chicago", ""},
		{"timezone: ' UTC '", "UTC", ""},
		{"name: A\ntimezone: america/new york", "", `desk.yaml:2: error: timezone: "america/new york" is no name of a time zone; did you mean America/New_York?`},
		{"timezone: utc", "", `desk.yaml:1: error: timezone: "utc" is no name of a time zone; ` + cities},
		{"timezone: EST", "", `desk.yaml:1: error: timezone: "EST" is no name of a time zone; ` + cities},
		{"timezone: Local", "", `desk.yaml:1: error: timezone: "Local" is no name`},
		{"timezone: America/Willow_Lane", "", `desk.yaml:1: error: timezone: "America/Willow_Lane" is no name`},
		{"timezone: America/", "", `desk.yaml:1: error: timezone: "America/" is no name`},
		{"timezone: ../../etc/localtime", "", `desk.yaml:1: error: timezone: "../../etc/localtime" is no name`},
		{"timezone: -6", "", `desk.yaml:1: error: timezone: "-6" is no name`},
		{"timezone: [America/Chicago]", "", "desk.yaml:1: error: timezone must be text"},
	} {
		base, problems := Load(files("desk.yaml", test.text, "a.md", "Text."), contact)
		if base.Settings.Zone.Name != test.zone {
			t.Errorf("Load(%q) zone = %q, want %q", test.text, base.Settings.Zone.Name, test.zone)
		}
		if test.problem == "" {
			wantProblems(t, problems)
		} else {
			wantProblems(t, problems, test.problem)
		}
	}
}

// TestVersionKnowsZone: with another zone other sections may have expired.
func TestVersionKnowsZone(t *testing.T) {
	load := func(zone string) Base {
		base, _ := Load(files("desk.yaml", "timezone: "+zone, "a.md", "Text."), contact)
		return base
	}
	if load("America/Chicago").Version == load("Asia/Tokyo").Version {
		t.Error("the versions with two zones are equal")
	}
}
