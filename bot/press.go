package bot

import (
	"errors"
	"strings"

	"frontdesk/knowledge"
)

// A Verb is what a button does.
type Verb string

// The verbs, as encoded in buttons. Changing one breaks the buttons of messages already sent.
const (
	Show    Verb = "s" // answer with the section
	More    Verb = "m" // the rest of the section whose passage was shown
	Topics  Verb = "t" // list what the desk knows
	Contact Verb = "c" // hand off
	Helpful Verb = "y" // the shown section helped
	Useless Verb = "n" // it did not
	Share   Verb = "p" // post a private answer to the room
	Pick    Verb = "q" // ask which of some sections is meant; its key is theirs, up to three, one behind the other
	Tell    Verb = "w" // tell the person once there is an answer; its key is a Waitlist's
	Staff   Verb = "a" // a StaffDesk's own; its key is whatever that put there
)

// A Press is a button's whole meaning, so that buttons work after a restart and on another replica. Written out it is
//
//	"1" verb [":" key]
//
// where 1 is the format's version and key the section's short form: at most 14 bytes, or 36 with three of them. A button for staff has up to 48
// characters A-Z a-z 0-9 _ - . : as its key, and 51 bytes. Telegram takes 64 of callback_data, Discord 100 of custom_id.
type Press struct {
	Verb Verb
	Key  knowledge.Key // empty for verbs that need none
}

const pressVersion = "1"

// ErrOldButton means that a button was made by a version of the program that this one no longer understands.
var ErrOldButton = errors.New("button of an unknown version")

// String returns the encoded form.
func (p Press) String() string {
	s := pressVersion + string(p.Verb)
	if p.Key != "" {
		s += ":" + string(p.Key)
	}
	return s
}

// ParsePress decodes what String returned. The error is ErrOldButton for anything else.
func ParsePress(s string) (Press, error) {
	rest, ok := strings.CutPrefix(s, pressVersion)
	verb, key, _ := strings.Cut(rest, ":")
	switch Verb(verb) {
	case Show, More, Helpful, Useless, Share, Tell:
		ok = ok && len(key) == 11
	case Pick:
		ok = ok && (len(key) == 11 || len(key) == 22 || len(key) == 33)
	case Topics, Contact:
		ok = ok && key == ""
	case Staff:
		ok = ok && isStaffKey(key)
	default:
		ok = false
	}
	if !ok {
		return Press{}, ErrOldButton
	}
	return Press{Verb: Verb(verb), Key: knowledge.Key(key)}, nil
}
