package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows is the house's law: which of our packages each package may import, and which outside modules only it may
// import. docs/architecture.md draws the same.
var arrows = map[string]struct {
	ours []string // beside the standard library
	only []string // module path prefixes that no other package may import
}{
	"frontdesk/knowledge/lang":            {},
	"frontdesk/knowledge/page":            {ours: []string{"frontdesk/knowledge/lang"}},
	"frontdesk/knowledge":                 {ours: []string{"frontdesk/knowledge/lang", "frontdesk/knowledge/page", "frontdesk/knowledge/office", "frontdesk/knowledge/filetree"}},
	"frontdesk/knowledge/watch":           {ours: []string{"frontdesk/knowledge"}, only: []string{"github.com/fsnotify/"}},
	"frontdesk/knowledge/edit":            {ours: []string{"frontdesk/knowledge", "frontdesk/knowledge/filetree"}},
	"frontdesk/knowledge/versions":        {ours: []string{"frontdesk/knowledge", "frontdesk/knowledge/filetree"}},
	"frontdesk/knowledge/filetree":        {},
	"frontdesk/knowledge/office":          {only: []string{"github.com/xuri/"}},
	"frontdesk/knowledge/importer":        {ours: []string{"frontdesk/knowledge"}},
	"frontdesk/index/lint":                {ours: []string{"frontdesk/index", "frontdesk/knowledge", "frontdesk/knowledge/lang"}},
	"frontdesk/index":                     {ours: []string{"frontdesk/knowledge", "frontdesk/knowledge/lang"}, only: []string{"github.com/blevesearch/"}},
	"frontdesk/index/eval":                {ours: []string{"frontdesk/knowledge"}},
	"frontdesk/index/embed":               {},
	"frontdesk/bot/safety":                {ours: []string{"frontdesk/knowledge/lang", "frontdesk/bot/safety/score"}},
	"frontdesk/bot/safety/score":          {ours: []string{"frontdesk/knowledge/lang"}},
	"frontdesk/bot/markup":                {},
	"frontdesk/bot":                       {ours: []string{"frontdesk/index", "frontdesk/knowledge", "frontdesk/knowledge/lang", "frontdesk/bot/safety", "frontdesk/bot/markup"}},
	"frontdesk/bot/telegram":              {ours: platform, only: []string{"github.com/go-telegram-bot-api/"}},
	"frontdesk/bot/telegram/telegramtest": {},
	"frontdesk/bot/discord":               {ours: platform, only: []string{"github.com/bwmarrin/discordgo"}},
	"frontdesk/bot/discord/discordtest":   {},
	"frontdesk/bot/terminal":              {ours: platform},
	"frontdesk/bot/logtest":               {},
	"frontdesk/bot/browsertest":           {only: []string{"github.com/chromedp/"}},
	"frontdesk/bot/journal":               {ours: []string{"frontdesk/bot", "frontdesk/knowledge", "frontdesk/knowledge/lang"}, only: []string{"modernc.org/sqlite", "github.com/jackc/pgx/"}},
	"frontdesk/bot/contract":              {ours: platform},
	"frontdesk/bot/web":                   {ours: append([]string{"frontdesk/bot/contract"}, platform...)},
	"frontdesk/bot/publish":               {ours: []string{"frontdesk/bot", "frontdesk/index", "frontdesk/knowledge", "frontdesk/knowledge/filetree", "frontdesk/knowledge/versions", "frontdesk/knowledge/watch"}},
	"frontdesk/bot/teach":                 {ours: staff},
	"frontdesk/bot/console":               {ours: append([]string{"frontdesk/index/lint"}, staff...)},
}

// platform lists what a platform may import: the conversation and what its types are made of, and words; never a sibling.
var platform = []string{"frontdesk/bot", "frontdesk/bot/markup", "frontdesk/knowledge", "frontdesk/knowledge/lang"}

// staff lists what the two places where staff work may import.
var staff = []string{
	"frontdesk/bot", "frontdesk/bot/journal", "frontdesk/bot/markup", "frontdesk/bot/publish", "frontdesk/index",
	"frontdesk/knowledge", "frontdesk/knowledge/edit", "frontdesk/knowledge/lang", "frontdesk/knowledge/versions",
}

func TestImportArrows(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "frontdesk/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		pkg, imports := fields[0], fields[1:]
		if strings.HasPrefix(pkg, "frontdesk/cmd/") {
			continue // the program knows everything
		}
		law, known := arrows[pkg]
		if !known {
			t.Errorf("%s is not in the table of arrows", pkg)
		}
		for _, imp := range imports {
			if strings.HasPrefix(imp, "frontdesk/") && !slices.Contains(law.ours, imp) {
				t.Errorf("%s imports %s, which the table of arrows does not allow", pkg, imp)
			}
			for owner, other := range arrows {
				for _, module := range other.only {
					if owner != pkg && strings.HasPrefix(imp, module) {
						t.Errorf("%s imports %s, which only %s may", pkg, imp, owner)
					}
				}
			}
		}
	}
}
