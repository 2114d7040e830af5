package knowledge

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLoadHTML(t *testing.T) {
	text := `<!DOCTYPE html>
<!-- saved from url=(0036)https://willow.example/saved -->
<html lang="en-US"><head><title>Acupuncture | Willow</title><link rel="canonical" href="https://willow.example/blog/migraine">
<style>p{}</style><script>var x = "<h2>no</h2>";</script></head><body class="has-sidebar">
<header><nav><ul><li><a href="/a">Home</a></li></ul></nav></header>
<div id="cookie-banner"><p>We use cookies. <button>Accept</button></p></div>
<main><article><h1>Acupuncture for <em>Migraine</em></h1><p>March 3, 2025</p>
<p>Migraine is more than a headache.</p><div class="toc"><a href="#1">Does it work?</a></div>
<h2 id="1">Does it work?</h2>
<p>For <strong>half</strong> of them &amp; more. See <a href="/studies">studies</a>, <a href="javascript:alert(1)">click</a>.</p>
<figure><img src="x.jpg" alt="Needles"><figcaption>Needles</figcaption></figure>
<h2>Prices</h2><table><tr><th>Visit</th><th>Price</th></tr><tr><td>First</td><td>$90</td></tr></table><ul><li>Cash</li><li>Card</li></ul>
<h3>Insurance</h3><p>Most of them.</p><div class="share-buttons">Share</div><p hidden>Not here.</p>
<details><summary>Can I drive home?</summary><p>Yes.</p></details>
<h2>Contact us</h2><p>Call <a href="tel:+15550100">555-0100</a>.</p></article>
<aside><h2>Related</h2><p>Cupping</p></aside></main><footer><h2>Hours</h2><p>9 to 5</p></footer></body></html>`
	base, problems := Load(files("page.html", text), contact)
	want := []string{
		"page#introduction | introduction | Acupuncture for Migraine | Migraine is more than a headache.",
		"page#does-it-work | answer | Does it work? | For **half** of them & more. See [studies](https://willow.example/studies), click.\n\n*Needles*",
		"page#prices | answer | Prices | | Visit | Price |\n|---|---|\n| First | $90 |\n\n- Cash\n- Card",
		"page#insurance | answer | Insurance | Most of them.",
		"page#can-i-drive-home | answer | Can I drive home? | Yes.",
		"page#contact-us | contact | Contact us | Call [555-0100](tel:+15550100).",
	}
	if diff := cmp.Diff(want, show(base)); diff != "" {
		t.Error(diff)
	}
	wantProblems(t, problems, `page.html: notice: left out: "March 3, 2025"`)
	a := base.Articles[0]
	if a.URL != "https://willow.example/blog/migraine" || a.Lang != "en" || a.Sections[2].Source.Line != 12 {
		t.Errorf("article = %+v, want its address, language and lines", a)
	}
}

func TestHTMLForms(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"no main element", "<title>Fees - Our Clinic of Art</title><div class=nav><ul><li><a>A</a><li><a>B</a><li><a>C</a></ul></div><h2>One</h2><p>x y",
			[]string{"One | x y"}},
		{"bold lines for headings", "<p><b>First</b></p><p>xx</p><p><strong>Second</strong></p><p>y</p>", []string{"First | xx", "Second | y"}},
		{"several first-level headings", "<h1>A</h1><p>xx</p><h1>B</h1><p>y</p>", []string{"A | xx", "B | y"}},
		{"text alone", "<p>Just text.</p>", []string{"F | Just text."}},
		{"a wrapper with a telling name", `<div class="social-work sidebar"><h2>A</h2><p>All of the text is in here.</p></div>`, []string{"A | All of the text is in here."}},
		{"a table with lists and spans", "<h2>A</h2><table><caption>Fees</caption><tr><td colspan=2><b>Visit</b></td><td><p><strong>Price</strong></p></td></tr><tr><td rowspan=2>First</td><td><p>long</p><ul><li>a<li>b</ul></td><td>$9|0</td></tr><tr><td>short<br>one</td><td></td></tr></table>",
			[]string{"A | | **Visit** | **Visit** | **Price** |\n|---|---|---|\n| First | long; a; b | $9\\|0 |\n| First | short<br>one |  |\n\nFees"}},
		{"blocks in cells", "<h2>A</h2><table><tr><th>B<th>C<tr><td><div><p>a</p></div>b<ul><li>c<li>d<ul><li>e</ul></ul><td><ul><li><p>f</p><li>g</ul><p>h</p></table>",
			[]string{"A | | B | C |\n|---|---|\n| a b; c; d; e | f; g<br>h |"}},
		{"a table without headings", "<h2>A</h2><table><tr><td>Mon</td><td>9 to 5</td></tr><tr><td>Tue</td><td>closed</td></tr></table>", []string{"A | |  |  |\n|---|---|\n| Mon | 9 to 5 |\n| Tue | closed |"}},
		{"a table with headings of its rows", "<h2>A</h2><table><tr><th>Mon</th><td>9 to 5</td></tr><tr><th>Tue</th><td>closed</td></tr></table>", []string{"A | |  |  |\n|---|---|\n| Mon | 9 to 5 |\n| Tue | closed |"}},
		{"tables that arrange the page", "<table><tr><td><h2>A</h2><p>xx</p></td><td>yy</td></tr></table><table><tr><td>b</td></tr><tr><td>c</td></tr></table>", []string{"A | xx\n\nyy\n\nb\n\nc"}},
		{"pictures", "<html><head><link rel=canonical href=https://w.example/a/b></head><body><h1>Our rooms</h1><img src=/hero.jpg alt='Smiling people'><p>We have rooms for everybody who comes to see us.</p>" +
			"<h2>Map</h2><p>See it: <img src=map.png alt='A map of the rooms'></p><figure><img src=x.png alt='Door, open'><figcaption>The <b>blue</b> door</figcaption></figure><img alt=''><img src=y.png alt='map'><img src=z.png alt='IMG_2.jpg'>" +
			"<p>Nice <img class=emoji alt='🙂' src=e.png></p><a href=/big.png><img src=small.png alt='The stairs'></a><img src='b_files/c.png' alt='The garden'>",
			[]string{"Our rooms | We have rooms for everybody who comes to see us.", "Map | See it: ![A map of the rooms](https://w.example/a/map.png)\n\n![Door, open](https://w.example/a/x.png)\n\n*The blue door*\n\nNice 🙂\n\n[*The stairs*](https://w.example/big.png)*The garden*"}},
		{"broken", "<h2>A<p>x</h2></div><p>y<table><td>z", []string{"A x | y\n\nz"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base, _ := Load(files("f.html", test.text), contact)
			var got []string
			for _, s := range base.Sections() {
				got = append(got, s.Title+" | "+s.Body)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("Load(%q): %s", test.text, diff)
			}
		})
	}
}

func TestDeepHTML(t *testing.T) {
	base, problems := Load(files("a.html", strings.Repeat("<div>", 100_000)+"x", "b.md", "y"), contact)
	if len(base.Articles) == 0 || len(problems) == 0 && len(base.Articles) != 2 {
		t.Errorf("Load of a deep page = %d articles, %v", len(base.Articles), problems)
	}
}

// TestBaseLanguage reads what pages and people say of a language, which goes into front matter.
func TestBaseLanguage(t *testing.T) {
	for code, want := range map[string]string{
		"en": "en", " en-US ": "en", "PT_br": "pt", "fil": "fil", "": "",
		"en\ncontact: {url: https://evil.example}": "", "en: x": "", "../en": "", "languages": "", "klingon": "", "English": "en", "español": "es", "ESPANOL": "es", "ingles": "en", "German": "de", "francés": "fr", "Chinese (Taiwan)": "", "日本": "", "e n": "",
	} {
		if got := baseLanguage(code); got != want {
			t.Errorf("baseLanguage(%q) = %q, want %q", code, got, want)
		}
	}
}

// TestManyHeadingsAlike would not end if each heading tried all numbers that were given before.
func TestManyHeadingsAlike(t *testing.T) {
	const n = 200_000
	a := Article{ID: "a", Sections: make([]Section, n)}
	a.Sections[2].ID = "a#fees-2"
	for i := range a.Sections {
		a.Sections[i].Title = "Fees"
	}
	assignIDs(&a)
	for i, want := range map[int]SectionID{0: "a#fees", 1: "a#fees-3", 2: "a#fees-2", 3: "a#fees-4", n - 1: "a#fees-200000"} {
		if got := a.Sections[i].ID; got != want {
			t.Errorf("section %d is %q, want %q", i, got, want)
		}
	}
}
