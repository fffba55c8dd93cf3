package todo

import (
	"encoding/hex"
	"fmt"

	"renzheng/identity"
	"renzheng/receipt"
)

// What the parts of a receipt commit to. The shapes are public: a reader that checks an
// opening builds the same JSON.
type (
	// plainDocument is a signer: what the registry named, in the normalised spelling
	// by which persons are compared.
	plainDocument struct {
		Type   string `json:"type"`
		Number string `json:"number"`
		Name   string `json:"name"`
	}
	plainCase struct {
		RegistryID string `json:"registry_id"`
		CaseID     string `json:"case_id"`
		SignerID   string `json:"signer_id"`
	}
	plainPortrait struct {
		SHA256 string `json:"sha256"` // of the picture's bytes, hex
	}
	plainHandwriting struct {
		Strokes string `json:"strokes"` // as Strokes.Encode returns it
	}
	plainScan struct {
		Pages []string `json:"pages"` // SHA-256 of each page's bytes, hex
	}
)

// maxConsents is what a receipt takes; the newest are those that were asked for.
const maxConsents = 16

func plainOf(d identity.Document) plainDocument {
	return plainDocument{Type: string(d.Type), Number: d.Number.Reveal(), Name: d.Name.Reveal()}
}

// seal fills in the receipt of an answer and what it commits to. It calls nobody,
// so it happens before the transaction (R21). access is nil for an answer at the
// window. proof is nil unless the answer is a confirmation.
func (s *Service) seal(c *Confirmation, t Todo, access *receipt.Access, proof *Proof) error {
	key, err := s.SigningKey(c.AnsweredAt)
	if err != nil {
		return fmt.Errorf("choosing the signing key: %w", err)
	}
	statement := s.statement(*c, t)
	statement.Access = access
	if proof != nil {
		attest(&statement, *proof)
	}
	if c.Openings, err = s.commit(&statement, *c, t, proof); err != nil {
		return err
	}
	if c.Receipt, err = receipt.Seal(statement, key); err != nil {
		return fmt.Errorf("sealing an answer: %w", err)
	}
	return nil
}

func (s *Service) statement(c Confirmation, t Todo) receipt.Statement {
	by := receipt.Person
	var at *receipt.Window
	switch {
	case c.Window != nil:
		by = receipt.Authority
		at = &receipt.Window{Office: c.Window.Office, VisitID: c.Window.VisitID, LedgerEntry: c.Window.EntryID, Manner: string(c.Window.Manner)}
	case c.Decision == DecisionDoneAtWindow:
		by = receipt.Registry
	}
	return receipt.Statement{
		Version: receipt.Version, Issuer: s.Issuer, Environment: receipt.Environment(s.Environment),
		ConfirmationID: c.ID, StatementBy: by, Decision: receipt.Decision(c.Decision), Reason: string(c.Reason),
		RegistryID: c.RegistryID, TodoID: c.TodoID, Revision: c.Revision,
		IssuedAt: c.AnsweredAt, AnsweredAt: c.AnsweredAt, ContentShownAt: t.ServedAt, Window: at, // shown at no time if the registry closes it
		Portrait: receipt.None, Handwriting: receipt.None, // R17
	}
}

// attest adds the verification behind a confirmation.
func attest(st *receipt.Statement, p Proof) {
	st.FacePassedAt = p.FacePassedAt
	st.Verification = &receipt.Verification{ID: p.VerificationID, PolicyDigest: p.PolicyDigest, Checks: p.Checks}
	st.Consents = p.Consents[max(0, len(p.Consents)-maxConsents):]
}

// commit puts the commitments into the statement and returns their openings. The
// content's was made when the todo was opened; the person was shown its digest.
func (s *Service) commit(st *receipt.Statement, c Confirmation, t Todo, proof *Proof) ([]receipt.Opening, error) {
	parts := []part{
		{domain: SignerDomain, value: plainOf(t.Signer), into: &st.Signer},
		{domain: CaseDomain, value: plainCase{c.RegistryID, c.CaseID, c.SignerID}, into: &st.Case},
	}
	if proof != nil && proof.PortraitSHA256 != nil {
		parts = append(parts, part{PortraitDomain, plainPortrait{hex.EncodeToString(proof.PortraitSHA256)}, &st.Portrait})
	}
	if c.Strokes != nil {
		parts = append(parts, part{HandwritingDomain, plainHandwriting{string(c.Strokes)}, &st.Handwriting})
	}
	if len(c.Scan) > 0 {
		parts = append(parts, part{ScanDomain, scanOf(c.Scan), &st.Scan})
	}
	content, err := open(ContentDomain, t.ContentSalt, t.Content, &st.ContentDigest)
	if err != nil {
		return nil, err
	}
	if string(st.ContentDigest) != t.ContentDigest {
		return nil, fmt.Errorf("sealing todo %s: its content is not what its digest says", t.ID)
	}
	openings := []receipt.Opening{content}
	for _, p := range parts {
		salt, err := s.newSalt()
		if err != nil {
			return nil, err
		}
		opening, err := open(p.domain, salt, p.value, p.into)
		if err != nil {
			return nil, err
		}
		openings = append(openings, opening)
	}
	return openings, nil
}

// part is one commitment of a receipt to be made.
type part struct {
	domain string
	value  any
	into   *receipt.Commitment
}

func open(domain string, salt receipt.Salt, value any, into *receipt.Commitment) (receipt.Opening, error) {
	opening, commitment, err := receipt.Open(domain, salt, value)
	if err != nil {
		return receipt.Opening{}, fmt.Errorf("committing to %s: %w", domain, err)
	}
	*into = commitment
	return opening, nil
}
