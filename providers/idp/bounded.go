package idp

import (
	"io"
	"net/http"
)

// maxAnswer bounds an answer: key sets and tokens have a few kilobytes.
const maxAnswer = 1 << 20

// bounded cuts answers that are too long, which then do not parse.
type bounded struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.next.RoundTrip(r)
	if err != nil {
		return nil, err //nolint:wrapcheck // a transport passes errors on
	}
	answer.Body = cut{io.LimitReader(answer.Body, maxAnswer), answer.Body}
	return answer, nil
}

type cut struct {
	io.Reader
	io.Closer
}
