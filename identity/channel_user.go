package identity

// ChannelUser is the channel's own id of a user, as its provider names it.
//
// It identifies a person to the channel, so it masks itself: plaintext only by
// Reveal. Comparable with ==.
type ChannelUser struct {
	AppID string // the channel's application, public
	Kind  string // "open_id" or "user_id": the provider's name for the value
	value string
}

// NewChannelUser wraps a value that came from the channel's own server.
func NewChannelUser(appID, kind, value string) ChannelUser {
	return ChannelUser{AppID: appID, Kind: kind, value: value}
}

// Reveal returns the channel's id in plaintext.
func (u ChannelUser) Reveal() string { return u.value }

// String masks the id; it serves print and log.
func (u ChannelUser) String() string { return u.Kind + ":…" }

// GoString masks the id under %#v.
func (u ChannelUser) GoString() string { return u.String() }
