package receipt

import (
	"bytes"
	"errors"
	"fmt"
)

// Kinds of failure of [Verify].
var (
	ErrTooLarge   = errors.New("larger than a receipt can be")
	ErrMalformed  = errors.New("not a receipt")
	ErrAltered    = errors.New("the signature does not fit: the receipt was altered or the key is another")
	ErrTrust      = errors.New("the trusted keys cannot be read")
	ErrKeyUnknown = errors.New("the signing key is not among the trusted keys")
)

const (
	maxFileBytes  = 64 << 10 // a package of the largest statement is below 32 KiB
	maxTrustBytes = 1 << 20  // thousands of keys
)

// Report is what is known of a receipt.
type Report struct {
	// Statement is what the receipt states; zero unless Intact.
	Statement Statement
	// Intact says that the signature fits a key, trusted or packaged, and the statement is whole.
	Intact bool
	// KeyTrusted reports that the signing key was among those trusted. Without it anybody may have sealed the receipt.
	KeyTrusted bool
	// Receipt is the compact JWS; empty unless Intact.
	Receipt string
	// KeyID is the key that the receipt names; empty if it could not be read.
	KeyID string
	// Message is the outcome in a few words, without anything of the receipt.
	Message string
}

// Verify checks a receipt: a compact JWS, or a [Package]. Exactly one text is valid for each: [Seal] and the RFC 8785
// JSON of [NewPackage] write it, without a line break at its end.
//
// Trust is an RFC 7517 key set, or nil for none; a key in it is always preferred to one that came with the receipt.
// A receipt of a sandbox verifies like any other and says so in Environment and Message.
//
// Errors: [ErrTooLarge], [ErrMalformed], [ErrAltered], [ErrTrust]; [ErrKeyUnknown] when no trusted key has the id
// that the receipt names, whether or not it is intact by the packaged key. The error is nil only if the receipt is
// intact and its signing key trusted.
func Verify(file, trust []byte) (Report, error) {
	report, err := verify(file, trust)
	switch {
	case err == nil:
		report.Message = "intact, signing key trusted"
	case report.Intact:
		report.Message = "intact, signing key unknown"
	case errors.Is(err, ErrKeyUnknown):
		report.Message = "signing key unknown, not checked"
	default:
		report.Message = "not verified"
	}
	if report.Statement.Environment == Sandbox {
		report.Message += ", sandbox: proves nothing"
	}
	return report, err
}

func verify(file, trust []byte) (Report, error) {
	if len(file) > maxFileBytes {
		return Report{}, ErrTooLarge
	}
	trusted, err := readTrust(trust)
	if err != nil {
		return Report{}, err
	}
	t, packaged, err := read(file)
	if err != nil {
		return Report{}, err
	}
	report := Report{KeyID: t.header.KeyID}
	key, isTrusted := trusted.find(report.KeyID)
	if !isTrusted {
		if key = packaged; key.KeyID != report.KeyID {
			return report, ErrKeyUnknown
		}
	}
	if report.Statement, err = t.statement(key); err != nil {
		return report, err
	}
	report.Receipt, report.Intact, report.KeyTrusted = t.compact, true, isTrusted
	if !isTrusted {
		return report, ErrKeyUnknown
	}
	return report, nil
}

// read returns the receipt of a file, and the key of its package, which is zero for a receipt alone.
func read(file []byte) (token, jwk, error) {
	if bytes.HasPrefix(file, []byte("{")) {
		return readPackage(file)
	}
	t, err := readToken(string(file))
	return t, jwk{}, err
}

func readTrust(trust []byte) (keySet, error) {
	if trust == nil {
		return keySet{}, nil
	}
	if len(trust) > maxTrustBytes {
		return keySet{}, fmt.Errorf("%w: larger than 1 MiB", ErrTrust)
	}
	set, err := readKeys(trust)
	if err != nil {
		return keySet{}, fmt.Errorf("%w: %w", ErrTrust, err)
	}
	return set, nil
}
