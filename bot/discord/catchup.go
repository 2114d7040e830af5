package discord

import "context"

func (c *Client) ready(ctx context.Context) {}
func (c *Client) remember(m message)        {}
