package wechat

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
)

// PushKind is what a person did.
type PushKind string

// The kinds.
const (
	PushScan        PushKind = "scan"        // scanned a code of ours, following us
	PushSubscribe   PushKind = "subscribe"   // began to follow, with Scene where by a code
	PushUnsubscribe PushKind = "unsubscribe" // stopped
	PushText        PushKind = "text"        // wrote
	PushMenu        PushKind = "menu"        // chose an entry of the menu
	PushPicture     PushKind = "picture"     // sent a picture or a video
	PushVoice       PushKind = "voice"       // sent a voice message
	PushOther       PushKind = "other"       // anything else, also unknown kinds; it has no effect and needs no answer
)

// Push is something that a person did with the service account.
type Push struct {
	ID    string // 64 hex digits: the same for the same event, however often it comes
	Kind  PushKind
	User  identity.ChannelUser // of the service account: another openid than the mini-program's
	Scene string               // of the code; with scan, and with subscribe where there was a code
	Key   string               // of the menu entry
	Words identity.Secret      // with text
	At    time.Time            // zero for a PushOther without a valid time

	account string // our own name towards WeChat
}

const (
	scenePrefix  = "qrscene_" // WeChat puts it before the scene of one who begins to follow
	longestScene = 64
)

// readPush parses a message to the application. A message of a kind that has an effect must name
// sender, receiver and time. Any other message must only have a kind, because
// WeChat adds events at will and repeats each one that is rejected.
func readPush(appID string, text []byte) (Push, error) {
	f, err := readXML(text)
	if err != nil || f["MsgType"] == "" {
		return Push{}, ErrPushMalformed
	}
	p := Push{ID: pushID(appID, f)}
	p.readKind(f)
	seconds, err := strconv.ParseInt(f["CreateTime"], 10, 64)
	if err != nil || !kit.WellFormed(f["FromUserName"], longestID, "-_") || !kit.WellFormed(f["ToUserName"], longestID, "-_") {
		if p.Kind == PushOther {
			return p, nil
		}
		return Push{}, ErrPushMalformed
	}
	p.At, p.account = time.Unix(seconds, 0).UTC(), f["ToUserName"]
	p.User = identity.NewChannelUser(appID, kindOpenID, f["FromUserName"])
	return p, nil
}

func (p *Push) readKind(f map[string]string) {
	switch f["MsgType"] {
	case "text":
		p.Kind, p.Words = PushText, identity.NewSecret(f["Content"])
	case "image", "video", "shortvideo":
		p.Kind = PushPicture
	case "voice":
		p.Kind = PushVoice
	case "event":
		p.readEvent(f["Event"], f["EventKey"])
	default:
		p.Kind = PushOther
	}
}

func (p *Push) readEvent(event, key string) {
	switch event {
	case "SCAN":
		p.Kind, p.Scene = PushScan, sceneOf(key)
	case "subscribe":
		p.Kind = PushSubscribe
		if scene, scanned := strings.CutPrefix(key, scenePrefix); scanned {
			p.Scene = sceneOf(scene)
		}
	case "unsubscribe":
		p.Kind = PushUnsubscribe
	case "CLICK":
		p.Kind = PushMenu
		if len(key) <= longestKey {
			p.Key = key
		}
	default: // VIEW, LOCATION, kf_close_session, TEMPLATESENDJOBFINISH …
		p.Kind = PushOther
	}
}

// sceneOf returns the scene if it can be one of ours, else "".
func sceneOf(s string) string {
	if !kit.WellFormed(s, longestScene, "-_") {
		return ""
	}
	return s
}

// pushID returns the id of an event, which is the same for each repetition: the
// message's id, or else who did what and when (WeChat's pages).
func pushID(appID string, f map[string]string) string {
	parts := []string{appID, "message", f["MsgId"]}
	if f["MsgId"] == "" {
		parts = []string{appID, "event", f["FromUserName"], f["CreateTime"], f["Event"], f["EventKey"]}
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}
