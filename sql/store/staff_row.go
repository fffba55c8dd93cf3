package store

import (
	"fmt"
	"strings"

	"renzheng/keyring"
	"renzheng/staff"
)

// staffRow is a session of a member. How long it may be idle is not in its tag: it moves with requests, and never beyond until.
type staffRow struct {
	ID        string `db:"id"`
	TokenHash []byte `db:"token_hash"`
	MemberID  string `db:"member_id"`
	Roles     string `db:"roles"`
	Office    string `db:"office"`
	OwnHash   string `db:"own_hash"` // hex; "" if it is not claimed, as the following one
	SidHash   string `db:"sid_hash"`
	IssuedAt  int64  `db:"issued_at"`
	CreatedAt int64  `db:"created_at"`
	Until     int64  `db:"until"`
	RevokedAt int64  `db:"revoked_at"`
	Tag       rowTag `db:"tag"`
}

const staffColumns = "id, token_hash, member_id, roles, office, own_hash, sid_hash, issued_at, created_at, until, revoked_at, tag"

func (r staffRow) place() AlteredError { return AlteredError{"staff_sessions", r.ID} }

func (r staffRow) stored() []byte { return r.Tag }

func (r staffRow) content() keyring.TagContent {
	return keyring.NewTagContent("staff_sessions").
		Text(r.ID, string(r.TokenHash), r.MemberID, r.Roles, r.Office, r.OwnHash, r.SidHash).
		Number(r.IssuedAt, r.CreatedAt, r.Until, r.RevokedAt)
}

func staffNameAAD(id string) keyring.AssociatedData {
	return keyring.AssociatedData{Table: "staff_sessions", Column: "name_cipher", Row: id}
}

// staffSession returns the session of a row whose tag was verified.
func (s *Store) staffSession(r staffRow, idleUntil int64, nameCipher []byte) (staff.Session, error) {
	name, err := s.ring.Open(staffNameAAD(r.ID), nameCipher)
	if err != nil {
		return staff.Session{}, fmt.Errorf("reading the name of a member: %w", err)
	}
	m := staff.Member{ID: r.MemberID, Name: string(name), Office: r.Office, Subject: r.OwnHash}
	for word := range strings.SplitSeq(r.Roles, ",") {
		m.Roles = append(m.Roles, staff.Role(word))
	}
	return staff.Session{ID: r.ID, Member: m, CreatedAt: fromMs(r.CreatedAt), IdleUntil: fromMs(idleUntil), Until: fromMs(r.Until)}, nil
}

// joinRoles returns the roles without repetitions, in their own order.
func joinRoles(roles []staff.Role) string {
	m := staff.Member{Roles: roles}
	var words []string
	for _, r := range staff.Roles() {
		if m.Has(r) {
			words = append(words, string(r))
		}
	}
	return strings.Join(words, ",")
}
