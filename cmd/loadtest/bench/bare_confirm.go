package bench

import (
	"context"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// Sizes of what the server writes for one confirmation, without the handwriting.
const (
	statementBytes = 2142 // of a receipt, before base64
	openingsBytes  = 1890 // sealed
	sealBytes      = 29   // what sealing adds to the handwriting
	answerBytes    = 85   // sealed, of an idempotency row
)

// bareAnswer is one confirmation of the bare handler, ready to be written.
type bareAnswer struct {
	id, receipt string
	todoID      string
	todo        bareTodo
	body        confirmationBody
	now         int64
}

func (b *bare) confirm(c *gin.Context) {
	a := bareAnswer{id: newID("cfm_"), todoID: c.Param("id"), now: time.Now().UnixMilli()}
	var known bool
	if a.todo, known = b.todos[a.todoID]; !known {
		c.AbortWithStatus(http.StatusNotFound)
		return
	}
	if err := c.ShouldBindJSON(&a.body); err != nil {
		_ = c.AbortWithError(http.StatusBadRequest, err)
		return
	}
	var err error
	if a.receipt, err = b.sign(a); err != nil {
		_ = c.AbortWithError(http.StatusInternalServerError, err)
		return
	}
	if err := b.store(c, a); err != nil {
		_ = c.AbortWithError(http.StatusInternalServerError, err)
		return
	}
	c.JSON(http.StatusCreated, gin.H{"confirmation_id": a.id, "todo_id": a.todoID, "answered_at": a.now})
}

// sign makes a compact JWS with ES256, as long as a receipt.
func (b *bare) sign(a bareAnswer) (string, error) {
	statement, err := json.Marshal(gin.H{
		"confirmation_id": a.id, "todo_id": a.todoID, "revision": a.body.Revision, "content_digest": a.body.ContentDigest,
		"verification_id": a.body.VerificationID, "filling": strings.Repeat("x", statementBytes-250),
	})
	if err != nil {
		return "", fmt.Errorf("encoding a statement: %w", err)
	}
	encoding := base64.RawURLEncoding
	signed := encoding.EncodeToString([]byte(`{"alg":"ES256","typ":"bare"}`)) + "." + encoding.EncodeToString(statement)
	digest := sha256.Sum256([]byte(signed))
	r, s, err := ecdsa.Sign(rand.Reader, b.key, digest[:])
	if err != nil {
		return "", fmt.Errorf("signing: %w", err)
	}
	var signature [64]byte
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return signed + "." + encoding.EncodeToString(signature[:]), nil
}

// store writes in one transaction the rows that the server writes.
func (b *bare) store(ctx context.Context, a bareAnswer) error {
	tx, err := b.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("beginning: %w", err)
	}
	for _, statement := range a.statements() {
		result, err := tx.ExecContext(ctx, statement.query, statement.args...)
		if err == nil {
			err = oneRow(result)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("writing: %w", err), tx.Rollback())
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("committing: %w", err)
	}
	return nil
}

func oneRow(result sql.Result) error {
	n, err := result.RowsAffected()
	if err == nil && n != 1 {
		return errors.New("a statement did not match one row")
	}
	return err
}

type statement struct {
	query string
	args  []any
}

func (a bareAnswer) statements() []statement {
	t := a.todo
	return []statement{
		{
			"UPDATE todos SET state = 'confirmed', answered_at = ? WHERE id = ? AND state = 'open' AND revision = ? AND content_digest = ?",
			[]any{a.now, a.todoID, a.body.Revision, a.body.ContentDigest},
		},
		{
			"UPDATE verifications SET state = 'consumed', ended_at = ?, turn = turn + 1 WHERE id = ? AND state = 'passed'",
			[]any{a.now, a.body.VerificationID},
		},
		{
			`INSERT INTO confirmations (id, todo_id, case_row, registry_id, case_id, signer_id, subject_id, account_id, verification_id,
			revision, content_digest, decision, reason, receipt, openings_cipher, strokes_cipher, portrait_id, answered_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'confirmed', '', ?, ?, ?, ?, ?)`,
			[]any{
				a.id, a.todoID, t.caseRow, t.registryID, t.caseID, t.signerID, t.subjectID, newID("acc_"),
				a.body.VerificationID, a.body.Revision, a.body.ContentDigest, a.receipt, random(openingsBytes),
				random(len(a.body.Strokes) + sealBytes), newID("por_"), a.now,
			},
		},
		{
			`INSERT INTO events (id, type, registry_id, case_row, case_id, signer_id, todo_id, revision, confirmation_id, created_at,
			delivery_state, next_at) VALUES (?, 'todo.confirmed', ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?)`,
			[]any{newID("evt_"), t.registryID, t.caseRow, t.caseID, t.signerID, a.todoID, a.body.Revision, a.id, a.now, a.now},
		},
		{
			"INSERT INTO idempotency_keys (key_hash, body_hash, state, answer_cipher, created_at) VALUES (?, ?, 'done', ?, ?)",
			[]any{random(32), random(32), random(answerBytes), a.now},
		},
		{"INSERT INTO strokes_used (subject_id, hash, confirmation_id) VALUES (?, ?, ?)", []any{t.subjectID, random(32), a.id}},
	}
}

func random(n int) []byte {
	raw := make([]byte, n)
	_, _ = rand.Read(raw) // never fails
	return raw
}

// newID returns an id as long as the server's.
func newID(prefix string) string { return prefix + hex.EncodeToString(random(16)) }
