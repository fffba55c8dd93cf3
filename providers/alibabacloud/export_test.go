package alibabacloud

import (
	"net/http"
	"time"
)

// Sign lets the vendor's published vector be signed.
func Sign(r *http.Request, id, secret, nonce string, at time.Time) {
	credentials{id, secret}.sign(r, nil, stamp{at, nonce})
}

// Rejected returns the error of an answer with a code.
func Rejected(code string, status int) error {
	return rejected("call", answer{status: status, code: code})
}
