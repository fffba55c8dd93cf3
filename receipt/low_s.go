package receipt

import (
	"crypto/elliptic"
	"math/big"
)

// If a signature (r, s) is valid, (r, n−s) is valid as well. Only the one with the lower s is written and accepted, so
// that a receipt has only one text.

// lowerS replaces the s of a signature by n−s if that is lower.
//
// Shape: r and s of P-256, 32 bytes each.
func lowerS(signature []byte) {
	if s := scalarS(signature); s.Cmp(halfOrder()) > 0 {
		s.Sub(elliptic.P256().Params().N, s).FillBytes(signature[coordinateBytes:])
	}
}

// isLowS reports whether s is the lower of s and n−s.
func isLowS(signature []byte) bool { return scalarS(signature).Cmp(halfOrder()) <= 0 }

func scalarS(signature []byte) *big.Int { return new(big.Int).SetBytes(signature[coordinateBytes:]) }

func halfOrder() *big.Int { return new(big.Int).Rsh(elliptic.P256().Params().N, 1) }
