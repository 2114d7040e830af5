package bot

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"go.uber.org/zap"

	"frontdesk/index"
	"frontdesk/knowledge"
)

// sayings are pieces that random conversations are made of.
var sayings = []string{
	"hi", "thanks", "what are the side effects", "and the benefits?", "how much does it cost", "more", "2", "the first one", "yes", "no",
	"opening hours", "who should not take it", "parking?", "can I talk to someone", "appointment", "are you human", "help", "",
	"???", "🙏", "hola", "¿cuáles son los efectos secundarios?", "y los beneficios", "más", "quiero hablar con alguien", "tell me a joke",
	"what happens during a session", "contact lenses", "is it safe with ibuprofen", "fuck you", "last one", "none of these", "what about it",
}

// checkReply holds what is true of every reply.
func checkReply(t testing.TB, base knowledge.Base, text string, r Reply) {
	t.Helper()
	if strings.TrimSpace(r.Text) == "" {
		t.Errorf("Answer(%.80q) has no text: %+v", text, r)
	}
	if r.Outcome != Smalltalk && r.Handoff.IsZero() {
		t.Errorf("Answer(%.80q) = %q without a handoff", text, r.Outcome)
	}
	if r.Lang == "" || r.Outcome == "" || len(r.Candidates) > candidates {
		t.Errorf("Answer(%.80q) = outcome %q in %q with %d candidates", text, r.Outcome, r.Lang, len(r.Candidates))
	}
	if r.Outcome == Unsure && (len(r.Choices) == 0 || len(r.Choices) > maxChoices) {
		t.Errorf("Answer(%.80q) is unsure with %d choices", text, len(r.Choices))
	}
	if r.Outcome != Answered {
		return
	}
	for _, s := range base.Sections() {
		if s.ID == r.Section {
			if !strings.Contains(s.Body, r.Text) || r.Title != s.Title {
				t.Errorf("Answer(%.80q) = %q under %q, want staff's words of %q", text, r.Text, r.Title, s.ID)
			}
			return
		}
	}
	t.Errorf("Answer(%.80q) answers with section %q, which nobody wrote", text, r.Section)
}

func TestEveryReply(t *testing.T) {
	base := clinic()
	d := open(t, base, Config{})
	random := rand.New(rand.NewPCG(1, 2))
	c := newChat(t, d)
	for i := range 1500 {
		if i%20 == 0 {
			c.room = RoomID("test:" + strconv.Itoa(i))
		}
		text := sayings[random.IntN(len(sayings))]
		if random.IntN(4) == 0 {
			text += ", " + sayings[random.IntN(len(sayings))]
		}
		r := d.Answer(context.Background(), c.message(text))
		checkReply(t, base, text, r)
		if len(r.Choices) > 0 && random.IntN(3) == 0 {
			p := r.Choices[random.IntN(len(r.Choices))].Press
			checkReply(t, base, p.String(), c.press(p))
		}
	}
}

// Many people at once, while the knowledge changes under them.
func TestConcurrentAnswersAndSwaps(t *testing.T) {
	base := clinic()
	live := index.NewLive(build(t, base))
	d := NewDesk(live, DefaultPolicy, zap.NewNop())
	var people sync.WaitGroup
	for person := range 8 {
		people.Go(func() {
			random := rand.New(rand.NewPCG(uint64(person), 3))
			for i := range 60 {
				text := sayings[random.IntN(len(sayings))]
				m := Message{Room: RoomID("test:" + strconv.Itoa(i%3)), From: PersonID(strconv.Itoa(person % 4)), Text: text, At: time.Now()}
				r := d.Answer(context.Background(), m)
				checkReply(t, base, text, r)
				for _, choice := range r.Choices {
					checkReply(t, base, choice.Label, d.Press(context.Background(), m, choice.Press))
				}
			}
		})
	}
	people.Go(func() {
		for i := range 10 {
			next := clinic()
			next.Version = strconv.Itoa(i)
			live.Swap(build(t, next))
		}
	})
	people.Wait()
}

func FuzzAnswer(f *testing.F) {
	for _, text := range append(sayings, "\x00\xff\xfe", "\u202e\u200b\u200d", strings.Repeat("?", 5000), strings.Repeat("👍", 3000),
		strings.Repeat("a", maxText-1)+"é", strings.Repeat("and ", 4000), "## # | [x](y) ```", "é́́́́", "ﷺ") {
		f.Add(text, "en")
	}
	base := clinic()
	d := open(f, base, Config{})
	now := time.Now()
	f.Fuzz(func(t *testing.T, text, lang string) {
		r := d.Answer(context.Background(), Message{Room: "test:fuzz", From: "a", Text: text, Lang: lang, At: now})
		checkReply(t, base, text, r)
		if !utf8.ValidString(r.Text) {
			t.Errorf("Answer(%.80q) is not UTF-8: %q", text, r.Text)
		}
	})
}

func TestHugeMessage(t *testing.T) {
	base := clinic()
	d := open(t, base, Config{})
	for _, piece := range []string{"what are the side effects? ", "\u200b\u202e", "🤔", "hi ", "a"} {
		text := strings.Repeat(piece, 10<<20/len(piece))
		checkReply(t, base, piece, d.Answer(context.Background(), Message{Text: text}))
	}
}

func BenchmarkAnswer(b *testing.B) {
	d := open(b, clinic(), Config{})
	for name, text := range map[string]string{"question": "what are the side effects of the medicine", "smalltalk": "thank you so much", "handoff": "can I talk to a person"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.Answer(context.Background(), Message{Room: "test:1", Text: text})
			}
		})
	}
}
