package bff

import (
	"renzheng/todo"
)

// Shape of an Idempotency-Key (R31).
const (
	keyHeader = "Idempotency-Key"
	minKey    = 16
	maxKey    = 64

	isReplay = "true" // value of Idempotency-Replayed
)

// Keyed is embedded in the input of operations that require an Idempotency-Key. It documents the header: keyGuard has
// rejected a request without a proper key before huma looks at it.
type Keyed struct {
	Key string `header:"Idempotency-Key" required:"true" minLength:"16" maxLength:"64" pattern:"^[!-~]+$" doc:"16 to 64 visible ASCII characters chosen by the client, preferably random. For 24 hours, a repetition with the same key and the same body returns the first answer."`
}

// hashed returns what a repetition must have in common with the first call.
func (c *call) hashed() []byte {
	return append([]byte(c.path+"\n"), c.body...)
}

// answerKey returns the key for a rule that stores it with its answer.
func (c *call) answerKey() todo.Key {
	return todo.Key{Route: c.operation, Value: c.key, Body: c.hashed()}
}

// replayHeader returns the value of Idempotency-Replayed; "" = no header.
func replayHeader(replayed bool) string { return map[bool]string{true: isReplay}[replayed] }
