package knowledge

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"frontdesk/knowledge/page"
)

var (
	mailAddress = regexp.MustCompile(`^[^\s@:/<>]+@[^\s@:/<>]+\.[^\s@:/<>]+$`)
	phoneNumber = regexp.MustCompile(`^\+?[\d\s().\-/]{3,30}$`)
	bareWebsite = regexp.MustCompile(`^(?i)([a-z0-9-]+\.)+[a-z]{2,}(/\S*)?$`)
	scheme      = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*:`)
)

var errLink = errors.New("is no link to a person")

const linkAdvice = "write a web address (https://...), an e-mail address or a phone number"

// link turns what staff wrote, which may be a bare e-mail address, phone number or website, into a URL that is safe
// to show: https:, http:, mailto: or tel:. Empty stays empty.
func link(written string) (string, error) {
	s := strings.TrimSpace(written)
	switch {
	case s == "":
		return "", nil
	case mailAddress.MatchString(s):
		return "mailto:" + s, nil
	case phoneNumber.MatchString(s):
		return dial(s)
	case !scheme.MatchString(s) && bareWebsite.MatchString(s):
		return "https://" + s, nil
	}
	u, err := url.Parse(s)
	if err != nil || strings.ContainsAny(s, " \t\n\"<>\\") {
		return "", errLink
	}
	switch strings.ToLower(u.Scheme) {
	case "https", "http":
		if u.Hostname() == "" {
			return "", errLink
		}
	case "mailto":
		address, _, _ := strings.Cut(u.Opaque, "?")
		if !strings.Contains(address, "@") {
			return "", errLink
		}
	case "tel":
		return dial(u.Opaque)
	default:
		return "", errLink
	}
	return s, nil
}

// dial returns the tel: URL of a number as people write it.
func dial(number string) (string, error) {
	var digits strings.Builder
	for i, r := range number {
		if r >= '0' && r <= '9' || r == '+' && i == 0 {
			digits.WriteRune(r)
		}
	}
	if n := len(strings.TrimPrefix(digits.String(), "+")); n < 3 || n > 15 {
		return "", errLink
	}
	return "tel:" + digits.String(), nil
}

// checked returns h with a safe URL, or nothing and a problem. A contact with only a phone number is called there.
func (h Handoff) checked(at Position, p *problems) Handoff {
	if h.URL == "" {
		h.URL = h.Phone
	}
	if h.URL == "" {
		if h != (Handoff{}) {
			p.add(at, Error, "the contact has neither a link nor a phone number", linkAdvice)
		}
		return Handoff{}
	}
	url, err := link(h.URL)
	if err != nil {
		p.add(at, Error, fmt.Sprintf("contact %q %v", h.URL, err), linkAdvice)
		return Handoff{}
	}
	h.URL = url
	return h
}

// firstHandoff returns the first of the contacts that is one, with a label in the reader's language.
func firstHandoff(code string, contacts ...Handoff) Handoff {
	for _, h := range contacts {
		if h.IsZero() {
			continue
		}
		if h.Label == "" {
			h.Label = page.ContactLabel(code)
		}
		return h
	}
	return Handoff{}
}
