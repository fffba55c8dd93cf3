package identity

// ChannelUser is the channel's own id of a user, as its provider names it.
//
// The id identifies a person to the channel. Every rendering therefore shows only
// its kind, and Reveal returns the plaintext. Comparable with ==.
type ChannelUser struct {
	redacted

	AppID string // the channel's application, public
	Kind  string // "open_id" or "user_id": the provider's name for the value
}

// NewChannelUser returns a ChannelUser for an id that came from the channel's own
// server.
func NewChannelUser(appID, kind, id string) ChannelUser {
	return ChannelUser{AppID: appID, Kind: kind, redacted: redact(id, kind+":"+secretMask)}
}
