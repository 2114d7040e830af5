package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/discord"
	"frontdesk/bot/telegram"
	"frontdesk/bot/web"
	"frontdesk/knowledge"
)

func previewCommand() command {
	return command{
		name:    "preview",
		args:    "[-platform telegram|discord|web] [-knowledge PATH] SECTION|QUESTION",
		summary: "show an answer as a platform will show it",
		text: `
SECTION is an id as "frontdesk check" prints it; anything else is asked as a question.

Example:
  frontdesk preview -platform discord "what are the side effects?"`,
		run: program.preview,
	}
}

func (p program) preview(ctx context.Context, args []string) error {
	f := p.flags(previewCommand())
	path := p.knowledgeFlag(f)
	platform := f.String("platform", "telegram", "show it as `PLATFORM` does: telegram, discord or web")
	if err := parse(f, args); err != nil {
		return err
	}
	show := map[string]func(bot.Reply) string{"telegram": telegram.Preview, "discord": discord.Preview, "web": web.Preview}[*platform]
	if show == nil {
		return misuse("-platform %q: want telegram, discord or web", *platform)
	}
	what := strings.Join(f.Args(), " ")
	if what == "" {
		return misuse("want a SECTION or a QUESTION")
	}
	d, err := p.open(ctx, *path)
	if err != nil {
		return err
	}
	m := bot.Message{Room: "preview:0", From: "preview:staff", Text: what, Private: true, At: time.Now()}
	key := knowledge.SectionID(what).Key()
	if _, ok := d.snapshot.Section(key); ok {
		fmt.Fprint(p.out, show(d.Press(ctx, m, bot.Press{Verb: bot.Show, Key: key})))
		return nil
	}
	fmt.Fprint(p.out, show(d.Answer(ctx, m)))
	return nil
}
