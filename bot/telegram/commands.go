package telegram

import "context"

func (s *session) present(ctx context.Context) {}
