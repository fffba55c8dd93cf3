package bench

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"renzheng/cmd/loadtest/scratch"
)

// plain is the smallest program that answers the questions of GET /v1/session and GET /v1/todos: one read of a session
// and one indexed read of short rows, with nothing sealed, no rule and no contract. Its answers have the server's shape.
type plain struct{ session, list *sql.Stmt }

const (
	plainSession = `SELECT id, channel, subject_id, number_masked, name_masked, created_at, idle_until, until, access_until
		FROM plain_sessions WHERE token_hash = ? AND until > ?`
	plainList = `SELECT id, state, registry_name, enterprise_name, business_kind, role, opened_at, expires_at, answered_at
		FROM plain_todos WHERE subject_id = ? AND opened_at >= ? ORDER BY opened_at DESC, id DESC LIMIT 21`
)

// plainTables returns the statements that make its tables. Both engines understand them.
func plainTables() []string {
	return []string{
		`CREATE TABLE plain_sessions (token_hash VARBINARY(32) PRIMARY KEY, id VARCHAR(40) NOT NULL, channel VARCHAR(10) NOT NULL,
			subject_id VARCHAR(40) NOT NULL, number_masked VARCHAR(40) NOT NULL, name_masked VARCHAR(40) NOT NULL,
			created_at BIGINT NOT NULL, idle_until BIGINT NOT NULL, until BIGINT NOT NULL, access_until BIGINT NOT NULL)`,
		`CREATE TABLE plain_todos (id VARCHAR(40) PRIMARY KEY, subject_id VARCHAR(40) NOT NULL, state VARCHAR(20) NOT NULL,
			registry_name VARCHAR(200) NOT NULL, enterprise_name VARCHAR(200) NOT NULL, business_kind VARCHAR(20) NOT NULL,
			role VARCHAR(40) NOT NULL, opened_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, answered_at BIGINT NOT NULL)`,
		`CREATE INDEX plain_todos_subject ON plain_todos (subject_id, opened_at)`,
	}
}

// makePlain makes and fills the tables of the plain program: one session with listLength todos.
func makePlain(ctx context.Context, database, token string) (err error) {
	db, err := scratch.Open(database)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, statement := range plainTables() {
		if _, err = db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("making plain tables: %w", err)
		}
	}
	now, day := time.Now().UnixMilli(), (24 * time.Hour).Milliseconds()
	hash := sha256.Sum256([]byte(token))
	_, err = db.ExecContext(ctx, "INSERT INTO plain_sessions VALUES (?, 'ses_plain', 'alipay', 'sub_plain', ?, ?, ?, ?, ?, ?)",
		hash[:], "1****************X", "**三", now, now+day, now+day, now+day)
	if err != nil {
		return fmt.Errorf("filling plain tables: %w", err)
	}
	for i := range listLength {
		_, err = db.ExecContext(ctx, "INSERT INTO plain_todos VALUES (?, 'sub_plain', 'open', ?, ?, 'establishment', '股东', ?, ?, 0)",
			fmt.Sprintf("todo_%028d", i), "样例市登记机关（模拟）", "样例沙盒餐饮有限公司（模拟）", now, now+7*day)
		if err != nil {
			return fmt.Errorf("filling plain tables: %w", err)
		}
	}
	return nil
}

// openPlain prepares the statements.
func openPlain(ctx context.Context, read *sql.DB) (*plain, error) {
	var p plain
	var err error
	if p.session, err = read.PrepareContext(ctx, plainSession); err != nil {
		return nil, fmt.Errorf("preparing: %w", err)
	}
	if p.list, err = read.PrepareContext(ctx, plainList); err != nil {
		return nil, fmt.Errorf("preparing: %w", err)
	}
	return &p, nil
}

// plainVisitor is the answer about a session, with the subject whose todos it may list.
type plainVisitor struct {
	ID        string      `json:"id"`
	Channel   string      `json:"channel"`
	CreatedAt time.Time   `json:"created_at"`
	IdleUntil time.Time   `json:"idle_until"`
	ExpiresAt time.Time   `json:"expires_at"`
	Access    plainAccess `json:"access"`
	subjectID string
}

type plainAccess struct {
	Document plainDocument `json:"document"`
	Until    time.Time     `json:"until"`
}

type plainDocument struct {
	Type         string `json:"type"`
	NumberMasked string `json:"number_masked"`
	NameMasked   string `json:"name_masked"`
}

type plainTodo struct {
	ID             string     `json:"id"`
	State          string     `json:"state"`
	Kind           string     `json:"kind"`
	RegistryName   string     `json:"registry_name"`
	EnterpriseName string     `json:"enterprise_name"`
	BusinessKind   string     `json:"business_kind"`
	Role           string     `json:"role"`
	OpenedAt       time.Time  `json:"opened_at"`
	ExpiresAt      time.Time  `json:"expires_at"`
	AnsweredAt     *time.Time `json:"answered_at,omitempty"`
}

func (p *plain) visitor(c *gin.Context) (plainVisitor, error) {
	hash := sha256.Sum256([]byte(strings.TrimPrefix(c.GetHeader("Authorization"), "Bearer ")))
	v := plainVisitor{Access: plainAccess{Document: plainDocument{Type: "resident_id"}}}
	var createdAt, idleUntil, until, accessUntil int64
	err := p.session.QueryRowContext(c, hash[:], time.Now().UnixMilli()).Scan(&v.ID, &v.Channel, &v.subjectID,
		&v.Access.Document.NumberMasked, &v.Access.Document.NameMasked, &createdAt, &idleUntil, &until, &accessUntil)
	v.CreatedAt, v.IdleUntil, v.ExpiresAt = utc(createdAt), utc(idleUntil), utc(until)
	v.Access.Until = utc(accessUntil)
	return v, err
}

func utc(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

func (p *plain) getSession(c *gin.Context) {
	v, err := p.visitor(c)
	if err != nil {
		_ = c.AbortWithError(http.StatusUnauthorized, err)
		return
	}
	c.JSON(http.StatusOK, v)
}

func (p *plain) listTodos(c *gin.Context) {
	v, err := p.visitor(c)
	if err != nil {
		_ = c.AbortWithError(http.StatusUnauthorized, err)
		return
	}
	todos, err := p.todos(c, v.subjectID)
	if err != nil {
		_ = c.AbortWithError(http.StatusInternalServerError, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"todos": todos})
}

func (p *plain) todos(c *gin.Context, subjectID string) ([]plainTodo, error) {
	rows, err := p.list.QueryContext(c, subjectID, time.Now().Add(-7*24*time.Hour).UnixMilli())
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var todos []plainTodo
	for rows.Next() {
		t := plainTodo{Kind: "open"}
		var openedAt, expiresAt, answeredAt int64
		err := rows.Scan(&t.ID, &t.State, &t.RegistryName, &t.EnterpriseName, &t.BusinessKind, &t.Role, &openedAt, &expiresAt, &answeredAt)
		if err != nil {
			return nil, err
		}
		t.OpenedAt, t.ExpiresAt = utc(openedAt), utc(expiresAt)
		if answeredAt != 0 {
			at := utc(answeredAt)
			t.AnsweredAt = &at
		}
		todos = append(todos, t)
	}
	return todos, rows.Err()
}
