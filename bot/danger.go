package bot

// Danger reports whether Answer would treat a text as a cry for help. It takes microseconds: whoever turns messages
// away before the desk sees them, for their number, asks this first and lets such a message through.
func (d *Desk) Danger(text string) bool {
	snapshot, release := d.live.Acquire()
	defer release()
	_, danger := d.learn(snapshot).rules.Check(text)
	return danger
}
