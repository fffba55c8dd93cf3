package receipt

import (
	"fmt"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// header is the whole header of a receipt. There is no member for a key or the address of one, so that a receipt
// cannot bring the key that it is checked with.
type header struct {
	Algorithm jose.SignatureAlgorithm `json:"alg"`
	KeyID     string                  `json:"kid"`
	Type      string                  `json:"typ"`
}

// token is a receipt taken apart, not yet checked.
type token struct {
	header    header
	payload   []byte
	signature []byte
	compact   string
}

// readToken takes a compact JWS apart if it is written exactly as [Seal] writes.
func readToken(compact string) (token, error) {
	parts := strings.Split(compact, ".")
	if len(parts) != 3 {
		return token{}, fmt.Errorf("%w: it has not three parts", ErrMalformed)
	}
	decoded := make([][]byte, len(parts))
	for i, part := range parts {
		raw, err := decodeBase64(part)
		if err != nil {
			return token{}, fmt.Errorf("%w: a part %w", ErrMalformed, err)
		}
		decoded[i] = raw
	}
	var h header
	if err := decodeCanonical(decoded[0], &h); err != nil {
		return token{}, fmt.Errorf("%w: the header %w", ErrMalformed, err)
	}
	if h.Algorithm != algorithm || h.Type != mediaType {
		return token{}, fmt.Errorf("%w: the header is not that of a receipt", ErrMalformed)
	}
	return token{header: h, payload: decoded[1], signature: decoded[2], compact: compact}, nil
}

// statement checks the signature and returns what was signed.
func (t token) statement(key jwk) (Statement, error) {
	public, err := key.public()
	if err != nil {
		return Statement{}, err
	}
	signed, err := jose.ParseSignedCompact(t.compact, []jose.SignatureAlgorithm{algorithm})
	if err != nil {
		return Statement{}, fmt.Errorf("%w: it is not a compact JWS", ErrMalformed)
	}
	if _, err = signed.Verify(public); err != nil {
		return Statement{}, ErrAltered
	}
	if !isLowS(t.signature) {
		return Statement{}, fmt.Errorf("%w: the signature has the higher of the two valid values of s", ErrMalformed)
	}
	var s Statement
	if err := decodeCanonical(t.payload, &s); err != nil {
		return Statement{}, fmt.Errorf("%w: the statement %w", ErrMalformed, err)
	}
	if err := s.Validate(); err != nil {
		return Statement{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return s, nil
}
