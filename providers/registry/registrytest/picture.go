package registrytest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"renzheng/receipt"
)

// bytes gives the picture; nil for none.
func (p *Picture) bytes() []byte {
	if p == nil {
		return nil
	}
	return p.Data
}

// portraitFits says whether the picture is the one whose digest is opened.
func portraitFits(evidence Evidence) bool {
	digest := sha256.Sum256(evidence.Portrait.bytes())
	for _, o := range evidence.Openings {
		var value struct {
			SHA256 string `json:"sha256"`
		}
		if o.Domain == receipt.DomainPortrait && json.Unmarshal(o.Value, &value) == nil {
			return value.SHA256 == hex.EncodeToString(digest[:])
		}
	}
	return false
}
