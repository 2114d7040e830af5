package knowledge

// Settings are what staff say about the desk as a whole, in desk.yaml.
type Settings struct {
	Name       string     // of the organisation; may be empty
	Lang       string     // language of files that do not say and cannot be told; "en" by default
	Contact    Handoff    // zero when neither desk.yaml nor the environment names one
	Greeting   string     // Markdown; empty for the built-in one
	Disclaimer string     // Markdown; empty for the built-in one
	Helplines  []Helpline // never empty after Load: the built-in ones where staff name none
	Synonyms   [][]string // each group's words and phrases mean the same
	CrisisFile []byte     // staff's own crisis rules, as bot/safety reads them; nil for none
}

// A Helpline is a service for people in crisis.
type Helpline struct {
	Name   string   // such as "988 Suicide & Crisis Lifeline"
	Call   string   // number to call; may be empty
	Text   string   // how to text it, such as "988" or "HOME to 741741"; may be empty
	Chat   string   // URL; may be empty
	Hours  string   // such as "24/7"; may be empty
	Region string   // such as "US"; may be empty
	For    []string // crisis kinds it is for; empty for all. "emergency" marks the emergency number
}
