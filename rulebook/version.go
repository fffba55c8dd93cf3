package rulebook

import "time"

// Kind is what a version is about.
type Kind string

// The kinds.
const (
	FAQ     Kind = "faq"     // frequent questions with their answers
	Notices Kind = "notices" // what persons accept before their data is used
	Limits  Kind = "limits"  // how often something may be tried, in which time
	Sources Kind = "sources" // the limits that data sources and card networks set
	Policy  Kind = "policy"  // which checks a purpose, document and channel need, in which order and by whom
)

// State is how far a version has come.
type State string

// The states.
const (
	Proposed   State = "proposed"
	Approved   State = "approved"
	Withdrawn  State = "withdrawn"   // it never took effect
	RolledBack State = "rolled_back" // it was in force
)

// Version is one content of a kind. Its number, content and proposer never change. It has nothing personal but the members.
type Version struct {
	ID      string // "rul_…"; "" for version 0
	Kind    Kind
	Number  int64  // from 1 for each kind, without a gap; 0 is what the server was started with
	Base    int64  // number of the version that it changes, which was the one approved last when it was proposed
	Content []byte // canonical JSON; nil in lists
	Digest  string // SHA-256 of Content, base64url
	Altered bool   // its row was changed past the server, so that nothing of it is certain; in lists only
	Note    string // why, in the proposer's words; up to MaxNote characters
	EndNote string // why it was withdrawn or rolled back, likewise; "" if it was not
	State   State

	ProposedBy, ApprovedBy, WithdrawnBy, ReviewedBy string // ids of members; "" = nobody yet
	ProposedAt, ApprovedAt, WithdrawnAt, ReviewedAt time.Time
	EffectiveFrom                                   time.Time // of an approved one; of a proposed one what its proposer asks for, zero = at once
}

// MaxProposals is how many undecided proposals of a kind a member may have.
const MaxProposals = 5

// MaxNote is the longest note, in characters.
const MaxNote = 500

// MaxContent is the longest content, in bytes of canonical JSON.
const MaxContent = 512 << 10

// MaxVersions bounds the history of a kind that is shown.
const MaxVersions = 100

// NeedsReview reports whether a member rolled the version back and no second one has looked at that.
func (v Version) NeedsReview() bool { return v.State == RolledBack && v.ReviewedBy == "" }

// InForce returns the version of those of one kind that is in force at a time, and false if none is. Of two that take effect
// at once it is the one with the higher number.
func InForce(all []Version, now time.Time) (Version, bool) {
	return last(all, func(v Version) bool { return !v.EffectiveFrom.After(now) })
}

// Last returns the approved version with the latest EffectiveFrom among those of one kind, and false if none is approved.
func Last(all []Version) (Version, bool) {
	return last(all, func(Version) bool { return true })
}

func last(all []Version, admit func(Version) bool) (Version, bool) {
	var found Version
	for _, v := range all {
		if v.State != Approved || !admit(v) {
			continue
		}
		if c := v.EffectiveFrom.Compare(found.EffectiveFrom); found.Number == 0 || c > 0 || c == 0 && v.Number > found.Number {
			found = v
		}
	}
	return found, found.Number > 0
}

// EffectiveUntil returns when a version of those of one kind ceased to be in force, which is now for the one that still is. It returns
// false for a version that never took effect.
func EffectiveUntil(all []Version, v Version, now time.Time) (time.Time, bool) {
	if v.State != Approved && v.State != RolledBack || v.EffectiveFrom.After(now) {
		return time.Time{}, false
	}
	until := now
	if v.State == RolledBack {
		until = v.WithdrawnAt
	}
	for _, other := range all {
		later := other.EffectiveFrom.After(v.EffectiveFrom) || other.EffectiveFrom.Equal(v.EffectiveFrom) && other.Number > v.Number
		if other.State == Approved && later && other.EffectiveFrom.Before(until) {
			until = other.EffectiveFrom
		}
	}
	return until, true
}
