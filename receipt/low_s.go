package receipt

import (
	"crypto/elliptic"
	"math/big"
)

// For every signature (r, s) that fits, (r, n−s) fits as well. Only the one with the lower s is written and read, so
// that a receipt has one text.

// lowerS replaces the s of a signature by n−s where that is lower.
//
// Shape: r and s of P-256, 32 bytes each.
func lowerS(signature []byte) {
	if s := scalarS(signature); s.Cmp(halfOrder()) > 0 {
		s.Sub(elliptic.P256().Params().N, s).FillBytes(signature[coordinateBytes:])
	}
}

// isLowS reports whether the s of a signature is the lower one.
func isLowS(signature []byte) bool { return scalarS(signature).Cmp(halfOrder()) <= 0 }

func scalarS(signature []byte) *big.Int { return new(big.Int).SetBytes(signature[coordinateBytes:]) }

func halfOrder() *big.Int { return new(big.Int).Rsh(elliptic.P256().Params().N, 1) }
