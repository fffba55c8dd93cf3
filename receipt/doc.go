// Package receipt proves an answer to anybody, offline: it seals a statement into a signed receipt and verifies one.
//
// A receipt holds no personal data. What was shown, who answered and what was captured stand in it as commitments;
// a reader with an opening (the value and its salt) can check that it is what the receipt commits to, and a reader
// without one learns nothing from it, not even by guessing.
//
//	value + salt ──Commit──▶ commitment ──in──▶ Statement ──Seal──▶ receipt (compact JWS, ES256)
//	Opening ──CheckOpenings──▶ Statement ◀──Verify── receipt, or a Package with the public key next to it
//
// The package does no I/O and imports the standard library, go-jose and jcs only, so that a verifier built from it is
// small enough to be read.
package receipt
