package main

import (
	"fmt"
	"time"

	"renzheng/keyring"
	"renzheng/receipt"
)

// sealer seals answers of fictitious persons.
type sealer struct {
	ring       *keyring.Keyring
	issuer     string
	registryID string
}

func newSealer(issuer, registryID string, now time.Time) (*sealer, error) {
	keys, err := keyring.Generate(now)
	if err != nil {
		return nil, fmt.Errorf("making keys: %w", err)
	}
	ring, err := keyring.Open(keys)
	if err != nil {
		return nil, fmt.Errorf("reading keys: %w", err)
	}
	return &sealer{ring: ring, issuer: issuer, registryID: registryID}, nil
}

// answer is a signer's answer, with its receipt and evidence.
type answer struct {
	caseID, signerID, todoID, confirmationID string

	revision int64
	receipt  string
	evidence []byte
}

// seal adds the receipt and the evidence to an answer.
func (s *sealer) seal(a answer, decision receipt.Decision, at time.Time) (answer, error) {
	at = at.UTC().Truncate(time.Millisecond)
	statement := receipt.Statement{
		Version: receipt.Version, Issuer: s.issuer, Environment: receipt.Sandbox, ConfirmationID: a.confirmationID,
		StatementBy: receipt.Person, Decision: decision, RegistryID: s.registryID, TodoID: a.todoID, Revision: a.revision,
		IssuedAt: at, AnsweredAt: at, ContentShownAt: at.Add(-time.Minute), Portrait: receipt.None, Handwriting: receipt.None,
		Access: &receipt.Access{Verification: checks("access", at), AcceptedAt: at.Add(-time.Minute)},
	}
	var file receipt.Evidence
	var err error
	switch decision {
	case receipt.Confirmed:
		confirm := checks("confirm", at)
		statement.Verification, statement.FacePassedAt, statement.Consents = &confirm, at.Add(-time.Second), consents(at)
		if file.Portrait, file.Handwriting, err = draw(); err != nil {
			return answer{}, err
		}
	case receipt.Declined:
		statement.Reason = "not_mine"
	case receipt.DoneAtWindow:
		statement.StatementBy, statement.Access = receipt.Authority, nil
		statement.Window = &receipt.Window{Office: "hall-1", VisitID: "vis_sample", LedgerEntry: "led_sample", Manner: receipt.SignedPaper}
		page, _, drawErr := draw()
		if drawErr != nil {
			return answer{}, drawErr
		}
		file.Scan = [][]byte{page}
	}
	if err = s.commit(&statement, &file, a); err != nil {
		return answer{}, err
	}
	key, err := s.ring.SigningKey(at)
	if err != nil {
		return answer{}, fmt.Errorf("choosing the signing key: %w", err)
	}
	if a.receipt, err = receipt.Seal(statement, receipt.SigningKey(key)); err != nil {
		return answer{}, fmt.Errorf("sealing an answer: %w", err)
	}
	file.Receipt = a.receipt
	if a.evidence, err = file.Encode(); err != nil {
		return answer{}, fmt.Errorf("encoding the evidence: %w", err)
	}
	return a, nil
}
