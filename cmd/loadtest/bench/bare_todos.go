package bench

import (
	"crypto/sha256"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// The two statements of the server's list, over the same rows and columns.
const (
	bareSession = `SELECT s.id, s.created_at, s.idle_until, s.until, a.id, a.channel,
		g.id, g.subject_id, g.verification_id, g.document_cipher, g.until, gk.wrapped,
		EXISTS (SELECT 1 FROM prefills p WHERE p.session_id = s.id AND p.until > ?),
		EXISTS (SELECT 1 FROM verifications v WHERE v.session_id = s.id AND v.state IN ('open', 'awaiting_acceptance'))
		FROM sessions s JOIN accounts a ON a.id = s.account_id JOIN data_keys ak ON ak.owner_id = a.id
		LEFT JOIN grants g ON g.session_id = s.id AND g.ended_at = 0 AND g.until > ?
		LEFT JOIN data_keys gk ON gk.owner_id = g.subject_id
		WHERE s.token_hash = ? AND s.revoked_at = 0 AND s.idle_until > ? AND s.until > ?`
	bareList = `SELECT t.id, t.case_row, t.registry_id, t.state, t.headline_cipher, t.opened_at, t.expires_at, t.answered_at, d.wrapped
		FROM grants g JOIN todos t ON t.subject_id = g.subject_id JOIN data_keys d ON d.owner_id = t.case_row
		WHERE g.id = ? AND g.session_id = ? AND g.subject_id = ? AND g.ended_at = 0 AND g.until > ?
		AND t.opened_at >= ? AND t.state <> 'superseded' ORDER BY t.opened_at DESC, t.id DESC LIMIT 21`
)

type bareSessionRow struct {
	id, accountID, channel, grantID, subjectID, verificationID string
	createdAt, idleUntil, until, grantUntil                    int64
	document, subjectKey                                       []byte
	hasPrefill, hasVerification                                bool
}

// bareTodoRow is what the bare list answers: what is sealed stays so.
type bareTodoRow struct {
	ID         string `json:"id"`
	CaseRow    string `json:"-"`
	RegistryID string `json:"registry_id"`
	State      string `json:"state"`
	Headline   []byte `json:"headline"`
	OpenedAt   int64  `json:"opened_at"`
	ExpiresAt  int64  `json:"expires_at"`
	AnsweredAt int64  `json:"answered_at"`
	Key        []byte `json:"-"`
}

// readSession reads the session of the request's token.
func (b *bare) readSession(c *gin.Context, now int64) (bareSessionRow, error) {
	hash := sha256.Sum256([]byte(strings.TrimPrefix(c.GetHeader("Authorization"), "Bearer ")))
	var s bareSessionRow
	err := b.session.QueryRowContext(c, now, now, hash[:], now, now).Scan(&s.id, &s.createdAt, &s.idleUntil, &s.until, &s.accountID,
		&s.channel, &s.grantID, &s.subjectID, &s.verificationID, &s.document, &s.grantUntil, &s.subjectKey,
		&s.hasPrefill, &s.hasVerification)
	return s, err
}

// getSession answers with what is not sealed.
func (b *bare) getSession(c *gin.Context) {
	s, err := b.readSession(c, time.Now().UnixMilli())
	if err != nil {
		_ = c.AbortWithError(http.StatusUnauthorized, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{
		"id": s.id, "channel": s.channel, "created_at": s.createdAt, "idle_until": s.idleUntil, "expires_at": s.until,
		"access": gin.H{"document": s.document, "until": s.grantUntil},
	})
}

func (b *bare) listTodos(c *gin.Context) {
	now := time.Now().UnixMilli()
	s, err := b.readSession(c, now)
	if err != nil {
		_ = c.AbortWithError(http.StatusUnauthorized, err)
		return
	}
	todos, err := b.readList(c, s, now)
	if err != nil {
		_ = c.AbortWithError(http.StatusInternalServerError, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"todos": todos})
}

func (b *bare) readList(c *gin.Context, s bareSessionRow, now int64) ([]bareTodoRow, error) {
	const window = 7 * 24 * time.Hour
	rows, err := b.list.QueryContext(c, s.grantID, s.id, s.subjectID, now, now-window.Milliseconds())
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var todos []bareTodoRow
	for rows.Next() {
		var t bareTodoRow
		err := rows.Scan(&t.ID, &t.CaseRow, &t.RegistryID, &t.State, &t.Headline, &t.OpenedAt, &t.ExpiresAt, &t.AnsweredAt, &t.Key)
		if err != nil {
			return nil, err
		}
		todos = append(todos, t)
	}
	return todos, rows.Err()
}
