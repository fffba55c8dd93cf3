package alibabacloud

import (
	"net/http"
	"time"
)

// Sign lets the vendor's published vector be signed.
func Sign(r *http.Request, id, secret, nonce string, at time.Time) {
	credentials{id, secret}.sign(r, nil, stamp{at, nonce})
}
