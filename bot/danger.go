package bot

// Danger reports whether Answer would treat a text as a cry for help. It takes microseconds: whoever turns messages
// away before the desk sees them, for their number, asks this first and lets such a message through.
func (d *Desk) Danger(text string) bool {
	snapshot, release := d.live.Acquire()
	defer release()
	_, danger := d.learn(snapshot).rules.Check(text)
	return danger
}

// WhyDanger says in plain words, one a line, why Danger reports what it does. The words of the text are among them, so
// that they are for staff's eyes and not for logs.
func (d *Desk) WhyDanger(text string) []string {
	snapshot, release := d.live.Acquire()
	defer release()
	return d.learn(snapshot).rules.Explain(text)
}
