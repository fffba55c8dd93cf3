package todo

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"renzheng/receipt"
)

// plainPush is a push as it is digested: everything in it, in plaintext, with
// signers in the order of their ids. It lives for the length of a digest.
type plainPush struct {
	CaseID   string        `json:"case_id"`
	Revision string        `json:"revision"` // a string: no number is digested
	Header   Header        `json:"header"`
	Items    []Item        `json:"items"`
	Signers  []plainSigner `json:"signers"`
}

type plainSigner struct {
	SignerID   string        `json:"signer_id"`
	Role       string        `json:"role"`
	Represents *Represented  `json:"represents,omitempty"`
	Document   plainDocument `json:"document"`
	Items      []Item        `json:"items"`
}

func (p Push) plain() plainPush {
	plain := plainPush{
		CaseID: p.CaseID, Revision: strconv.FormatInt(p.Revision, 10), Header: p.Header,
		Items: joined(p.Items, nil), Signers: make([]plainSigner, len(p.Signers)),
	}
	for i, s := range p.Signers {
		plain.Signers[i] = plainSigner{
			SignerID: s.SignerID, Role: s.Role, Represents: s.Represents, Document: plainOf(s.Document),
			Items: joined(s.Items, nil),
		}
	}
	slices.SortFunc(plain.Signers, func(a, b plainSigner) int { return strings.Compare(a.SignerID, b.SignerID) })
	return plain
}

// digest returns the salted digest by which a repeated push is known. The order of
// signers carries no meaning and the case's own items keep theirs.
func (p Push) digest(salt receipt.Salt) (string, error) {
	digest, err := receipt.Commit(PushDomain, salt, p.plain())
	if err != nil {
		return "", fmt.Errorf("digesting a push: %w", err)
	}
	return string(digest), nil
}
