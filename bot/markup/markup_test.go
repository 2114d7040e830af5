package markup

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/net/html"
)

// printed holds what each platform shows of a piece of Markdown.
var printed = []struct {
	name, markdown                 string
	telegram, discord, plain, page string
}{
	{
		"paragraphs join soft breaks",
		"One\ntwo.\n\nThree.",
		"One two.\n\nThree.", "One two.\n\nThree.", "One two.\n\nThree.", "<p>One two.</p><p>Three.</p>",
	}, {
		"styles",
		"**b** *i* ~~s~~ `c`",
		"<b>b</b> <i>i</i> <s>s</s> <code>c</code>", "**b** *i* ~~s~~ `c`", "b i s c",
		"<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>",
	}, {
		"styles within styles",
		"***a*** **b*c*** *d**e***",
		"<b><i>a</i></b> <b>b</b><b><i>c</i></b> <i>d</i><b><i>e</i></b>",
		"***a*** **b**\u200b***c*** *d*\u200b***e***", "a bc de",
		"<p><strong><em>a</em></strong> <strong>b</strong><strong><em>c</em></strong> <em>d</em><strong><em>e</em></strong></p>",
	}, {
		"code keeps its link",
		"[`ls` *now*](https://e.org/ls)",
		`<a href="https://e.org/ls">ls</a><a href="https://e.org/ls"> </a><a href="https://e.org/ls"><i>now</i></a>`,
		"[ls](https://e.org/ls) *[now](https://e.org/ls)*", "ls now (https://e.org/ls)",
		`<p><a href="https://e.org/ls" rel="noopener"><code>ls</code></a><a href="https://e.org/ls" rel="noopener"> </a><a href="https://e.org/ls" rel="noopener"><em>now</em></a></p>`,
	}, {
		"a heading keeps its links",
		"## See *our* [prices](https://e.org) or [write](mailto:a@e.org)\n\n- # In a list",
		"<b>See our </b><a href=\"https://e.org\"><b>prices</b></a><b> or </b><b>write</b> (a@e.org)\n\n• <b>In a list</b>",
		"**See our** **[prices](https://e.org)** **or** **write** (a@e.org)\n\n• **In a list**",
		"See our prices (https://e.org) or write (a@e.org)\n\n• In a list",
		`<h4>See <em>our</em> <a href="https://e.org" rel="noopener">prices</a> or <a href="mailto:a@e.org" rel="noopener">write</a></h4><ul><li><p><strong>In a list</strong></p></li></ul>`,
	}, {
		"markup of the platform is text",
		"a <b>x</b> & 5 < 6, snake_case_word and 2\\*3\\*4",
		"a x &amp; 5 &lt; 6, snake_case_word and 2*3*4", `a x & 5 \< 6, snake\_case\_word and 2\*3\*4`,
		"a x & 5 < 6, snake_case_word and 2*3*4", "<p>a x &amp; 5 &lt; 6, snake_case_word and 2*3*4</p>",
	}, {
		"nobody is mentioned",
		"@everyone see <@123> and <#9>",
		"@everyone see &lt;@123&gt; and &lt;#9&gt;", "@\u200beveryone see \\<@123> and \\<#9>",
		"@everyone see <@123> and <#9>", "<p>@everyone see &lt;@123&gt; and &lt;#9&gt;</p>",
	}, {
		"links",
		"[Book](https://a.example/b?c=1&d=2), [mail](mailto:x@a.example), [bad](javascript:alert(1)), https://a.example/a_b",
		`<a href="https://a.example/b?c=1&amp;d=2">Book</a>, mail (x@a.example), bad, <a href="https://a.example/a_b">https://a.example/a_b</a>`,
		"[Book](https://a.example/b?c=1&d=2), mail (x@a.example), bad, https://a.example/a_b",
		"Book (https://a.example/b?c=1&d=2), mail (x@a.example), bad, https://a.example/a_b",
		`<p><a href="https://a.example/b?c=1&amp;d=2" rel="noopener">Book</a>, <a href="mailto:x@a.example" rel="noopener">mail</a>, bad, <a href="https://a.example/a_b" rel="noopener">https://a.example/a_b</a></p>`,
	}, {
		"lists",
		"Bring:\n\n- ID\n  1. passport\n  2. card\n- shoes\n\nThanks.",
		"Bring:\n\n• ID\n   1. passport\n   2. card\n• shoes\n\nThanks.",
		"Bring:\n\n• ID\n   1. passport\n   2. card\n• shoes\n\nThanks.",
		"Bring:\n\n• ID\n   1. passport\n   2. card\n• shoes\n\nThanks.",
		"<p>Bring:</p><ul><li><p>ID</p><ol><li><p>passport</p></li><li><p>card</p></li></ol></li><li><p>shoes</p></li></ul><p>Thanks.</p>",
	}, {
		"tables become items",
		"| Plan | Price | Notice |\n|---|---|---|\n| Basic | £10 | none |\n| Full | £20 | a month |",
		"• <b>Basic</b>: Price £10, Notice none\n• <b>Full</b>: Price £20, Notice a month",
		"• **Basic**: Price £10, Notice none\n• **Full**: Price £20, Notice a month",
		"• Basic: Price £10, Notice none\n• Full: Price £20, Notice a month",
		"<ul><li><p><strong>Basic</strong>: Price £10, Notice none</p></li><li><p><strong>Full</strong>: Price £20, Notice a month</p></li></ul>",
	}, {
		"headings, quotes, code and rules",
		"## Head\n\n> said\n\n```\na < b\n```\n\n---",
		"<b>Head</b>\n\n<blockquote>said</blockquote>\n\n<pre>a &lt; b</pre>\n\n———",
		"**Head**\n\n> said\n\n```\na < b\n```\n\n———",
		"Head\n\n> said\n\na < b\n\n———",
		"<h4>Head</h4><blockquote><p>said</p></blockquote><pre>a &lt; b</pre><hr>",
	}, {
		"plain lines stay plain in Discord",
		"\\# 1\\\n\\> 2\\\n\\- 3\\\n1\\. 4",
		"# 1\n&gt; 2\n- 3\n1. 4", "\\# 1\n\\> 2\n\\- 3\n1\\. 4", "# 1\n> 2\n- 3\n1. 4", "<p># 1<br>&gt; 2<br>- 3<br>1. 4</p>",
	}, {
		"HTML blocks and comments",
		"<!-- for staff -->\n\n<div>Kept <script>not kept</script></div>\n\nEnd<br>line",
		"Kept\n\nEnd\nline", "Kept\n\nEnd\nline", "Kept\n\nEnd\nline", "<p>Kept</p><p>End<br>line</p>",
	},
}

func TestPrint(t *testing.T) {
	for _, c := range printed {
		t.Run(c.name, func(t *testing.T) {
			d := Parse(c.markdown)
			for _, p := range []struct{ platform, got, want string }{
				{"Telegram", strings.Join(d.Telegram(4096), "¶"), c.telegram},
				{"Discord", strings.Join(d.Discord(2000), "¶"), c.discord},
				{"Plain", d.Plain(), c.plain},
				{"HTML", d.HTML(), c.page},
			} {
				if p.got != p.want {
					t.Errorf("%s(%q)\n got %q\nwant %q", p.platform, c.markdown, p.got, p.want)
				}
			}
		})
	}
}

func TestSplit(t *testing.T) {
	long := strings.Repeat("This sentence is **forty** characters long. ", 20)
	for _, c := range []struct {
		name, markdown string
		limit          int
		ends           string // what every message but the last ends with
	}{
		{"between paragraphs", strings.Repeat("A short paragraph of words\n\n", 20), 100, "words"},
		{"after sentences", long, 100, "long."},
		{"between words", strings.Repeat("word ", 200), 33, "word"},
		{"inside a word", strings.Repeat("x", 200), 33, "x"},
		{"outside surrogate pairs", strings.Repeat("😀", 200), 33, "😀"},
		{"inside a list", "- " + strings.ReplaceAll(long, ". ", ".\n- "), 100, "long."},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := Parse(c.markdown).Telegram(c.limit)
			if len(parts) < 2 {
				t.Fatalf("Telegram(%d) = %d messages, want several", c.limit, len(parts))
			}
			for i, part := range parts {
				if n := visible(t, part); n > c.limit || n == 0 {
					t.Errorf("message %d is %d units long, want 1 to %d", i, n, c.limit)
				}
				if i < len(parts)-1 && !strings.HasSuffix(part, c.ends) {
					t.Errorf("message %d ends with %q, want %q", i, part[max(0, len(part)-12):], c.ends)
				}
			}
		})
	}
}

func TestTelegramSplitsManyEntities(t *testing.T) {
	for name, markdown := range map[string]string{
		"in one paragraph": strings.Repeat("**a** and [b](https://example.org) ", 100),
		"in many rows":     "|a|b|\n|-|-|\n" + strings.Repeat("|x|[y](https://example.org)|\n", 100),
	} {
		tags := 0
		for _, part := range Parse(markdown).Telegram(4096) {
			n := strings.Count(part, "</")
			if tags += n; n > maxEntities {
				t.Errorf("%s: a message of %d entities, want at most %d", name, n, maxEntities)
			}
		}
		if tags != 200 {
			t.Errorf("%s: %d entities in all, want 200", name, tags)
		}
	}
}

// TestDiscordAddressLongerThanAMessage links to what no message has room for.
func TestDiscordAddressLongerThanAMessage(t *testing.T) {
	long := "https://e.org/" + strings.Repeat("x", 90)
	got := Parse("See [our prices](" + long + ") and [more](https://e.org).").Discord(60)
	want := []string{"See", "our prices and [more](https://e.org)."}
	if !slices.Equal(got, want) {
		t.Errorf("Discord(60) = %q, want %q", got, want)
	}
}

// visible returns the length of a Telegram message after entity parsing, and fails on unbalanced tags.
func visible(t *testing.T, message string) int {
	t.Helper()
	n := 0
	var open []string
	for z := html.NewTokenizer(strings.NewReader(message)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%q leaves %v open", message, open)
			}
			return n
		case html.TextToken:
			n += len(utf16.Encode([]rune(string(z.Text()))))
		case html.StartTagToken:
			name, _ := z.TagName()
			open = append(open, string(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Errorf("%q closes %s, open are %v", message, name, open)
				return n
			}
			open = open[:len(open)-1]
		}
	}
}

func TestNothingIsTooDeep(t *testing.T) {
	for _, mark := range []string{"> ", "- ", "1. "} {
		for _, n := range []int{1, maxNesting, maxNesting + 1, 3 * maxNesting} {
			if got := Parse(strings.Repeat(mark, n) + "hello **you**").Plain(); !strings.Contains(got, "hello you") {
				t.Errorf("Parse of %d times %q is %q, want the words", n, mark, got)
			}
		}
	}
}

func TestEscapeShowsWhatWasWritten(t *testing.T) {
	for _, s := range []string{
		"plain", "*a* _b_ `c` [d](e) <f> # g", "# head", "- item", "+ item", "1. one", "2) two", "a\nb", "===", "---", "&amp; & co",
		"C:\\path", "~~no~~", "|a|b|", "![x](y)", "tab\tx",
	} {
		if got := Parse(Escape(s)).Plain(); got != s {
			t.Errorf("Parse(Escape(%q)).Plain() = %q (Markdown %q)", s, got, Escape(s))
		}
	}
}

func TestFencedShowsWhatWasWritten(t *testing.T) {
	for _, s := range []string{"plain", "# head\n\n- *item* `x`", "```sh\nls\n```", "````\n```\n````", "  indented <b>"} {
		if got := Parse(Fenced(s)).Plain(); got != s {
			t.Errorf("Parse(Fenced(%q)).Plain() = %q", s, got)
		}
	}
}

func FuzzPrint(f *testing.F) {
	for _, c := range printed {
		f.Add(c.markdown, 50)
	}
	f.Add("> > - 1. [a](http://b", 5)
	f.Fuzz(func(t *testing.T, markdown string, limit int) {
		if len(markdown) > 4000 {
			return
		}
		limit = 40 + abs(limit)%4056
		d := Parse(markdown)
		for _, m := range d.Telegram(limit) {
			if n := visible(t, m); n > limit {
				t.Errorf("Telegram message of %d units, limit %d", n, limit)
			}
		}
		for _, m := range d.Discord(limit) {
			if n := utf16Len(m); n > limit {
				t.Errorf("Discord message of %d units, limit %d: %q", n, limit, m)
			}
			if strings.Contains(m, "@everyone") || strings.Contains(m, "@here") {
				t.Errorf("Discord message %q mentions everybody", m)
			}
		}
		visible(t, strings.NewReplacer("<br>", "", "<hr>", "").Replace(d.HTML()))
		d.Plain()
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}
