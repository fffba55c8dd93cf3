package registrytest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"renzheng/receipt"
)

// portraitFits says whether the picture is the one whose digest is opened.
func portraitFits(evidence Evidence) bool {
	digest := sha256.Sum256(evidence.Portrait)
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
