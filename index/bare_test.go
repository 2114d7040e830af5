package index_test

import (
	"context"
	"slices"
	"testing"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// offered is from which confidence on the desk offers a section.
const offered = .15

// built returns a snapshot of one article.
func built(t *testing.T, settings knowledge.Settings, article string, sections ...knowledge.Section) *index.Snapshot {
	t.Helper()
	for i := range sections {
		sections[i].Article, sections[i].ArticleID = article, "a"
	}
	base := knowledge.Base{Settings: settings, Articles: []knowledge.Article{{ID: "a", Title: article, Lang: "en", Sections: sections}}}
	s, err := index.Build(context.Background(), base, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// section returns a section of an article in English.
func section(kind knowledge.Kind, title, body string) knowledge.Section {
	return knowledge.Section{ID: knowledge.SectionID(title), Kind: kind, Title: title, Body: body, Lang: "en"}
}

// finds checks which section comes first for each question, with what confidence at least.
func finds(t *testing.T, s *index.Snapshot, least float64, wants map[string]knowledge.SectionID) {
	t.Helper()
	for question, want := range wants {
		hits, err := s.Search(context.Background(), index.Query{Text: question}, 1)
		if err != nil || len(hits) == 0 || hits[0].Section.ID != want || hits[0].Confidence < least {
			t.Errorf("Search(%q) = %v, %v, want %q with %v at least", question, hits, err, want, least)
		}
	}
}

// TestBareQuestions asks headings without their topic, as people do who read the article's title above.
func TestBareQuestions(t *testing.T) {
	s := built(t, knowledge.Settings{}, "Heat pump rental",
		section(knowledge.Answer, "What is a heat pump?", "A heat pump is a machine that moves warmth from the air into your house. It works like a fridge the other way round."),
		section(knowledge.Answer, "How does heat pump rental work?", "You choose a model, we install it, and you pay by the month. After ten years it is yours."),
		section(knowledge.Answer, "Who can rent a heat pump?", "Anybody who owns the house, and tenants whose landlord agrees in writing."),
		section(knowledge.Answer, "What are the drawbacks of a heat pump?", "It hums a little, and old radiators may have to be replaced."),
	)
	finds(t, s, 0, map[string]knowledge.SectionID{
		"how does it work":          "How does heat pump rental work?",
		"How does the rental work?": "How does heat pump rental work?",
		"what is it?":               "What is a heat pump?",
		"who can rent it":           "Who can rent a heat pump?",
		"what are the drawbacks":    "What are the drawbacks of a heat pump?",
	})
}

// TestStaffsSynonyms asks with a word that only desk.yaml ties to the heading's.
func TestStaffsSynonyms(t *testing.T) {
	s := built(t, knowledge.Settings{Synonyms: [][]string{{"quibble", "frobnicate"}}}, "Wheels",
		section(knowledge.Answer, "How do I frobnicate?", "Turn the wheel twice."),
		section(knowledge.Answer, "Where is it?", "In the cellar."),
	)
	finds(t, s, offered, map[string]knowledge.SectionID{"how do i quibble": "How do I frobnicate?"})
}

// TestSlogans asks what a call to get in touch only seems to answer, and for the call itself.
func TestSlogans(t *testing.T) {
	s := built(t, knowledge.Settings{}, "Tandem skydiving",
		section(knowledge.Answer, "What is a tandem jump?", "You jump in one harness with an instructor, who opens the parachute and lands with you."),
		section(knowledge.Answer, "What does it cost?", "A jump from 4000 metres costs 220 euros, with a video 290 euros."),
		section(knowledge.Contact, "Ready to jump? Contact us", "Feel the sky like never before! Tell us how we can make your day one that you remember."),
	)
	for question, found := range map[string]bool{"how will i feel the day after": false, "what will I remember of the day": false, "how do I contact you": true} {
		hits, err := s.Search(context.Background(), index.Query{Text: question}, 3)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(hits, func(h index.Hit) bool { return h.Section.Kind == knowledge.Contact })
		if got := i >= 0 && hits[i].Confidence >= offered; got != found {
			t.Errorf("Search(%q) = %v; the call to get in touch is found: %v, want %v", question, hits, got, found)
		}
	}
}

// TestWordForWord asks for what stands in the midst of one section's text, in its own words.
func TestWordForWord(t *testing.T) {
	s := built(t, knowledge.Settings{}, "Flotation tank",
		section(knowledge.Answer, "What is a flotation tank?", "A flotation tank is a warm and shallow pool with so much salt that you float. The room is dark and quiet. Most people lie on their back."),
		section(knowledge.Answer, "Who can benefit?", "People with stress and sore muscles tell us that they rest deeply. Athletes come after a race. It is no cure."),
		section(knowledge.Answer, "What are the unpleasant effects?", "A few people notice seasickness, a dry mouth or an itching skin for an hour. Small cuts sting in salt water. Rarely somebody panics in the dark, and then we open the door."),
		section(knowledge.Answer, "How does the tank stay clean?", "The water runs through three filters after each guest. Salt lets nothing grow."),
	)
	finds(t, s, .6, map[string]knowledge.SectionID{
		"will I panic?":     "What are the unpleasant effects?",
		"seasickness":       "What are the unpleasant effects?",
		"do athletes come":  "Who can benefit?",
		"will it sting?":    "What are the unpleasant effects?",
		"is there itching":  "What are the unpleasant effects?",
		"are there filters": "How does the tank stay clean?",
	})
}
