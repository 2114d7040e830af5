package telegram

import "frontdesk/bot"

// layout lays a reply out. What a group should not read is opened by links in the private chat.
func (s *session) layout(r bot.Reply) []part {
	var rows [][]button
	for _, c := range r.Choices {
		label := shorten(c.Label, maxLabel)
		switch {
		case !r.Veiled, label == "":
		case c.Press.Verb == bot.Show:
			rows = append(rows, []button{{Text: label, URL: s.sectionLink(c.Press.Key)}})
		case c.Press.Verb == bot.Pick:
			rows = append(rows, []button{{Text: label, URL: s.pickLink(c.Press.Key)}})
		}
	}
	if rows == nil {
		return render(r)
	}
	r.Choices = nil
	parts := render(r)
	last := &parts[len(parts)-1]
	last.keyboard = append(rows, last.keyboard...)
	return parts
}
