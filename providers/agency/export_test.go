package agency

import "crypto"

// ContentDigest lets vectors be computed.
func ContentDigest(body []byte) string { return contentDigest(body) }

// ReadPrivate lets vectors be signed.
func ReadPrivate(text string) (crypto.Signer, error) { return readPrivate(text) }
