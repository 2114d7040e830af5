package bot

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"frontdesk/knowledge/lang"
)

// phrases are the desk's own words in one language: a phrases.yaml. {…} in them is filled in by fill.
type phrases struct {
	Desk        string `yaml:"desk"` // {name}
	DeskUnnamed string `yaml:"desk_unnamed"`
	Welcome     string `yaml:"welcome"` // {desk}
	Hello       string `yaml:"hello"`
	Knows       string `yaml:"knows"`
	Disclaimer  string `yaml:"disclaimer"`

	UnsureOne            string `yaml:"unsure_one"`
	UnsureMany           string `yaml:"unsure_many"`
	Several              string `yaml:"several"`
	Also                 string `yaml:"also"`
	Unanswered           string `yaml:"unanswered"`
	NoneOfThese          string `yaml:"none_of_these"`
	OtherLanguage        string `yaml:"other_language"` // {language}
	OtherLanguageUnnamed string `yaml:"other_language_unnamed"`
	EverythingShown      string `yaml:"everything_shown"`
	MoreOfWhat           string `yaml:"more_of_what"`
	Failed               string `yaml:"failed"`
	OldButton            string `yaml:"old_button"`
	Outdated             string `yaml:"outdated"`
	LastReviewed         string `yaml:"last_reviewed"` // {month}, {year}
	ReviewDue            string `yaml:"review_due"`

	UseLink  string `yaml:"use_link"`
	UsePhone string `yaml:"use_phone"`
	NoLink   string `yaml:"no_link"`
	Phone    string `yaml:"phone"` // {phone}
	Hours    string `yaml:"hours"` // {hours}

	Topics     string `yaml:"topics"`
	TopicsRest string `yaml:"topics_rest"` // {count}
	NoTopics   string `yaml:"no_topics"`

	ReadMore   string `yaml:"read_more"`   // a label
	ShowTopics string `yaml:"show_topics"` // a label

	Thanks      string `yaml:"thanks"`
	Goodbye     string `yaml:"goodbye"`
	Okay        string `yaml:"okay"`
	HowAreYou   string `yaml:"how_are_you"`
	WhoAreYou   string `yaml:"who_are_you"` // {desk}
	AreYouHuman string `yaml:"are_you_human"`
	Help        string `yaml:"help"`
	Insult      string `yaml:"insult"`
	Joke        string `yaml:"joke"`
	Errand      string `yaml:"errand"`

	TooMany       string `yaml:"too_many"`
	RoomBusy      string `yaml:"room_busy"`
	NotHere       string `yaml:"not_here"`
	PrivateOffer  string `yaml:"private_offer"`
	PrivateUnsure string `yaml:"private_unsure"`
	ShowPrivate   string `yaml:"show_private"` // a label

	PrivacyNothing   string `yaml:"privacy_nothing"`
	PrivacyCounts    string `yaml:"privacy_counts"`    // {kept}
	PrivacyClustered string `yaml:"privacy_clustered"` // {kept}, {people}
	PrivacyFull      string `yaml:"privacy_full"`      // {kept}
	OneDay           string `yaml:"one_day"`
	SomeDays         string `yaml:"some_days"` // {n}
	PrivacyPerson    string `yaml:"privacy_person"`
	Privacy          string `yaml:"privacy"`         // {minutes}, {days}
	PrivacyWaiting   string `yaml:"privacy_waiting"` // {button}
	PrivacyForget    string `yaml:"privacy_forget"`
	PrivacyForgetAll string `yaml:"privacy_forget_all"`
	PrivacyPlease    string `yaml:"privacy_please"`
	Forgotten        string `yaml:"forgotten"`
	ForgottenAll     string `yaml:"forgotten_all"`
	ForgetLater      string `yaml:"forget_later"`

	TellMe   string `yaml:"tell_me"` // a label
	WillTell string `yaml:"will_tell"`

	Helpful string `yaml:"helpful"`
	Useless string `yaml:"useless"`

	Crisis             map[string]string `yaml:"crisis"` // by safety.Kind, and "other"
	CrisisLimits       string            `yaml:"crisis_limits"`
	CrisisNobodyListed string            `yaml:"crisis_nobody_listed"`
	CrisisContact      string            `yaml:"crisis_contact"`
	CrisisAnswer       string            `yaml:"crisis_answer"`
	Call               string            `yaml:"call"` // {number}
	Text               string            `yaml:"text"` // {number}
	Chat               string            `yaml:"chat"`

	Months    []string          `yaml:"months"`    // in the form that LastReviewed needs, January first
	Languages map[string]string `yaml:"languages"` // what a language is called, by its BCP 47 code
}

// A tongue is a language that the desk speaks.
type tongue struct {
	lang    string
	say     phrases
	grammar *grammar
}

// loadTongues returns the languages that have both a phrases.yaml and a smalltalk.txt. They are embedded and do not
// change, so they are read once: the gate makes two desks for each change that staff save.
var loadTongues = sync.OnceValues(readTongues)

func readTongues() ([]tongue, error) {
	var all []tongue
	for _, code := range lang.Languages() {
		t, err := loadTongue(code)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	if len(all) == 0 {
		return nil, errors.New("no language has a phrases.yaml and a smalltalk.txt")
	}
	return all, nil
}

func loadTongue(code string) (tongue, error) {
	t := tongue{lang: code}
	file, err := lang.File(code, "phrases.yaml")
	if err != nil {
		return t, err
	}
	if err := yaml.UnmarshalWithOptions(file, &t.say, yaml.Strict()); err != nil {
		return t, fmt.Errorf("%s/phrases.yaml: %w", code, err)
	}
	if file, err = lang.File(code, "smalltalk.txt"); err != nil {
		return t, err
	}
	if t.grammar, err = parseGrammar(code, file); err != nil {
		return t, fmt.Errorf("%s/smalltalk.txt: %w", code, err)
	}
	return t, nil
}

// fill puts values into a phrase: fill("Phone: {phone}", "phone", "555").
func fill(phrase, name, value string) string {
	return strings.ReplaceAll(phrase, "{"+name+"}", value)
}
