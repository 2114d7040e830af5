package discord

import (
	"errors"
	"fmt"

	"github.com/gorilla/websocket"
)

// Discord's close codes that we act on.
const (
	closeNotAuthenticated = 4003
	closeBadToken         = 4004
	closeInvalidSeq       = 4007
	closeSessionTimedOut  = 4009
	closeInvalidShard     = 4010
	closeShardingRequired = 4011
	closeInvalidVersion   = 4012
	closeInvalidIntents   = 4013
	closeDisallowedIntent = 4014
)

// errReshard means that Discord wants more shards than there are, and may say how many.
var errReshard = errors.New("discord wants more shards")

// refusal turns what connecting again would not cure into words for whoever runs the desk; nil for the rest.
func refusal(err error, cfg Config) error {
	if errors.Is(err, errUnauthorized) {
		return err
	}
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		return nil
	}
	why := ""
	switch closed.Code {
	case closeBadToken:
		return errUnauthorized
	case closeInvalidShard:
		why = "the shard's number is out of range; let the desk choose the number of shards"
	case closeShardingRequired:
		if cfg.Shards == 0 {
			return errReshard
		}
		why = fmt.Sprintf("%d shards are too few for this many servers; let the desk choose their number", cfg.Shards)
	case closeInvalidVersion:
		why = "this version of the gateway has been switched off; a newer frontdesk is needed"
	case closeInvalidIntents:
		why = "the intents asked for are not valid; a newer frontdesk is needed"
	case closeDisallowedIntent:
		why = "the Message Content intent is not granted; switch it on in the developer portal under Bot, " +
			"Privileged Gateway Intents, or run without it"
	default:
		return nil
	}
	return fmt.Errorf("the connection is refused with code %d: %s", closed.Code, why)
}
