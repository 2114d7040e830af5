package main

import (
	"context"
	"fmt"

	"frontdesk/bot/terminal"
)

func chatCommand() command {
	return command{
		name:    "chat",
		args:    "[-knowledge PATH]",
		summary: "talk with the desk in the terminal",
		text: `
PATH is a folder of articles or a single file; without it the sample knowledge of a clinic answers, so that there is
nothing to set up. Type a question; a number picks one of the choices offered; an empty line, Ctrl-D or "bye" ends.

Example:
  frontdesk chat
  frontdesk chat -knowledge ./articles`,
		run: program.chat,
	}
}

func (p program) chat(ctx context.Context, args []string) error {
	f := p.flags(chatCommand())
	path := p.knowledgeFlag(f)
	if err := parse(f, args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return misuse("unexpected %q", f.Arg(0))
	}
	d, err := p.open(ctx, *path)
	if err != nil {
		return err
	}
	if *path == "" {
		base := d.snapshot.Base()
		says := fmt.Sprintf("This is the sample knowledge: %d articles, %d sections. Yours: frontdesk chat -knowledge DIR\n\n",
			len(base.Articles), len(base.Sections()))
		fmt.Fprint(p.out, terminal.Wrap(says, terminal.Columns(p.out)))
	}
	return terminal.Run(ctx, d, p.in, p.out)
}
