package todo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"renzheng/receipt"
)

// File returns the evidence as the registry files it.
func (e Evidence) File() receipt.Evidence {
	return receipt.Evidence{
		Receipt: e.Confirmation.Receipt, Openings: e.Confirmation.Openings, Portrait: e.Portrait, Handwriting: e.Handwriting, Scan: e.Confirmation.Scan,
	}
}

// CheckEvidence checks that an evidence file belongs to a verified receipt, opens everything that the receipt commits
// to, has the pictures that the opened values describe, and contains nothing else. It returns the evidence.
//
// Errors: [receipt.ErrEvidence], [receipt.ErrOpening], naming the member unless the file as a whole is at
// fault, and quoting no value.
func CheckEvidence(file []byte, r receipt.Report) (receipt.Evidence, error) {
	e, err := receipt.ReadEvidence(file, r)
	if err != nil {
		return receipt.Evidence{}, err
	}
	if err := checkPortrait(e); err != nil {
		return receipt.Evidence{}, err
	}
	if err := checkHandwriting(e); err != nil {
		return receipt.Evidence{}, err
	}
	if err := checkScan(e); err != nil {
		return receipt.Evidence{}, err
	}
	return e, nil
}

func checkPortrait(e receipt.Evidence) error {
	var value plainPortrait
	isOpen, err := e.Value(PortraitDomain, &value)
	digest := sha256.Sum256(e.Portrait)
	switch {
	case err != nil:
		return err
	case !isOpen && e.Portrait != nil:
		return badEvidence("has a member portrait, and the receipt says that there is none")
	case isOpen && e.Portrait == nil:
		return badEvidence("lacks the member portrait")
	case isOpen && value.SHA256 != hex.EncodeToString(digest[:]):
		return badEvidence("has another portrait")
	}
	return nil
}

// checkHandwriting draws the strokes again. It compares the pixels, not the bytes, because another version of the
// compressor writes the same picture as other bytes.
func checkHandwriting(e receipt.Evidence) error {
	var value plainHandwriting
	isOpen, err := e.Value(HandwritingDomain, &value)
	switch {
	case err != nil:
		return err
	case !isOpen && e.Handwriting != nil:
		return badEvidence("has a member handwriting, and the receipt says that there is none")
	case !isOpen:
		return nil
	case e.Handwriting == nil:
		return badEvidence("lacks the member handwriting")
	}
	drawn, err := renderEncoded([]byte(value.Strokes), new(pictureMemory))
	if err != nil {
		return badEvidence("has strokes that cannot be drawn")
	}
	if !bytes.Equal(drawn, e.Handwriting) && !samePicture(drawn, e.Handwriting) {
		return badEvidence("has a handwriting that is not the picture of the strokes")
	}
	return nil
}

func badEvidence(words string) error { return fmt.Errorf("%w: it %s", receipt.ErrEvidence, words) }
