package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionOf(t *testing.T) {
	revision := debug.BuildSetting{Key: "vcs.revision", Value: "4f2a9c"}
	day := debug.BuildSetting{Key: "vcs.time", Value: "2026-03-01T10:00:00Z"}
	for _, test := range []struct {
		version  string
		settings []debug.BuildSetting
		want     string
	}{
		{"v1.2.0", []debug.BuildSetting{revision, day}, "v1.2.0, revision 4f2a9c of 2026-03-01, go1.26"},
		{"(devel)", []debug.BuildSetting{revision, day, {Key: "vcs.modified", Value: "true"}}, "(devel), revision 4f2a9c of 2026-03-01, changed since, go1.26"},
		{"(devel)", []debug.BuildSetting{revision, {Key: "vcs.modified", Value: "false"}}, "(devel), revision 4f2a9c, go1.26"},
		{"(devel)", nil, "(devel), no revision known, go1.26"},
		{"", nil, "(unknown), no revision known, go1.26"},
	} {
		info := &debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Version: test.version}, Settings: test.settings}
		if got := versionOf(info); got != test.want {
			t.Errorf("versionOf(%q, %v) = %q, want %q", test.version, test.settings, got, test.want)
		}
	}
}
