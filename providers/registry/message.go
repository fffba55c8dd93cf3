package registry

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"renzheng/todo"
)

// message is an event in the format of Standard Webhooks.
type message struct {
	Type      todo.EventType `json:"type"`
	Timestamp time.Time      `json:"timestamp"` // when it happened, UTC
	Data      messageData    `json:"data"`
}

type messageData struct {
	RegistryID     string `json:"registry_id"`
	CaseID         string `json:"case_id"`
	SignerID       string `json:"signer_id"`
	TodoID         string `json:"todo_id"`
	Revision       int64  `json:"revision"`
	ConfirmationID string `json:"confirmation_id,omitempty"`
	Receipt        string `json:"receipt,omitempty"` // compact JWS
}

// payload is an encoded message.
type payload []byte

func encode(e todo.Event) (payload, error) {
	body, err := json.Marshal(message{
		Type: e.Type, Timestamp: e.CreatedAt.UTC(),
		Data: messageData{
			RegistryID: e.RegistryID, CaseID: e.CaseID, SignerID: e.SignerID, TodoID: e.TodoID,
			Revision: e.Revision, ConfirmationID: e.ConfirmationID, Receipt: e.Receipt,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("encoding an event: %w", err)
	}
	return body, nil
}

func (p payload) reader() io.Reader { return bytes.NewReader(p) }

// stamp distinguishes attempts. The id is that of the event and stays the same,
// the time is that of the attempt.
type stamp struct {
	id string
	at time.Time
}

// sign sets the three headers of Standard Webhooks, with one signature per secret,
// so that the registry can change over at any time.
func (p payload) sign(header http.Header, c *callback, s stamp) error {
	signatures := make([]string, len(c.signers))
	for i, signer := range c.signers {
		var err error
		if signatures[i], err = signer.Sign(s.id, s.at, p); err != nil {
			return fmt.Errorf("signing an event: %w", err)
		}
	}
	header.Set(standardwebhooks.HeaderWebhookID, s.id)
	header.Set(standardwebhooks.HeaderWebhookTimestamp, strconv.FormatInt(s.at.Unix(), 10))
	header.Set(standardwebhooks.HeaderWebhookSignature, strings.Join(signatures, " "))
	return nil
}
