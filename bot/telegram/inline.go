package telegram

import "context"

func (s *session) answerInline(ctx context.Context, e event) {}
