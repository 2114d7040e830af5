package telegram

// A parcel is one reply on its way: one or more messages for a place.
type parcel struct {
	place  place
	parts  []part
	urgent bool // goes before what is not, and waits for none of our own limits

	// target is called when it is the parcel's turn, and so after all before it were sent: it returns the message that
	// the first part takes the place of, or false when the parcel has become needless. Nil sends a new message.
	target func() (message int, ok bool)

	// sent is called once: with the id of the first message when all were sent, 0 when the parcel was needless, else
	// with why not.
	sent func(message int, err error)

	edits int  // what target returned; 0 for none
	moved bool // its group became a supergroup, which numbers its messages anew
	first int  // id of the first message, once sent
	last  int  // of the last so far
}

// move points a parcel at the supergroup that its group became, where none of the group's messages can be replied to or
// edited. The caller holds the sender's mu.
func (p *parcel) move(to int64) { p.place.chat, p.place.replyTo, p.moved = to, 0, true }
