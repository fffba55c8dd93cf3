package erase

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"renzheng/cmd/loadtest/scratch"
	"renzheng/receipt"
)

// judge moves the clock to when nothing has a ground to stay any more, searches, stops the server and searches again after a
// checkpoint. Then it verifies the receipts.
func (t *test) judge(ctx context.Context) (Result, error) {
	result := Result{Receipts: len(t.ledger.receipts)}
	keys, err := t.fetch(ctx, http.MethodGet, t.sandbox.API+"/.well-known/jwks.json", nil)
	if err != nil {
		return result, err
	}
	db, err := scratch.Open(t.database)
	if err != nil {
		return result, err
	}
	defer func() { _ = db.Close() }()
	if err = t.plant(ctx, db); err != nil {
		return result, err
	}
	if _, err = t.fetch(ctx, http.MethodPost, t.sandbox.URL+"/sandbox/clock", url.Values{"by": {afterAll}}); err != nil {
		return result, err
	}
	if result.Erased, err = t.waitDone(ctx, db); err != nil {
		return result, err
	}
	found, err := t.search("after every ground has ended")
	if err != nil {
		return result, err
	}
	if err = errors.Join(t.server.Stop(), t.checkpoint(ctx, db)); err != nil {
		return result, fmt.Errorf("stopping: %w", err)
	}
	after, err := t.search("after the checkpoint")
	if err != nil {
		return result, err
	}
	result.Found = found + after
	for _, file := range t.ledger.receipts {
		if _, err = receipt.Verify(file, keys); err == nil {
			result.Verified++
		}
	}
	if result.Found > 0 || result.Erased < t.options.Persons || result.Verified < result.Receipts {
		return result, ErrBroken
	}
	return result, nil
}

// plant puts a value into the database in plain.
func (t *test) plant(ctx context.Context, db *sql.DB) error {
	for _, statement := range []string{"CREATE TABLE planted (value VARCHAR(64) NOT NULL)", "INSERT INTO planted (value) VALUES ('" + t.planted + "')"} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("planting a value: %w", err)
		}
	}
	return nil
}

// left counts what an erasure that is done must not leave.
const left = `SELECT (SELECT COUNT(*) FROM data_keys k JOIN erasures e ON k.owner_id IN (e.subject_id, e.account_id, e.kept_id))
	+ (SELECT COUNT(*) FROM todos o JOIN erasures e ON o.subject_id = e.kept_id WHERE LENGTH(o.signer_cipher) > 0)
	+ (SELECT COUNT(*) FROM verifications v JOIN erasures e ON v.subject_id = e.subject_id)`

// waitDone returns how many erasures are done. Nothing may be left of them.
func (t *test) waitDone(ctx context.Context, db *sql.DB) (done int, err error) {
	for end := time.Now().Add(endTime); ; {
		if err = db.QueryRowContext(ctx, "SELECT COUNT(*) FROM erasures WHERE state = 'done'").Scan(&done); err != nil {
			return 0, fmt.Errorf("counting erasures: %w", err)
		}
		if done >= len(t.ledger.erasures) || time.Now().After(end) {
			break
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(time.Second):
		}
	}
	var rows int
	if err = db.QueryRowContext(ctx, left).Scan(&rows); err != nil {
		return 0, fmt.Errorf("counting what is left: %w", err)
	}
	if rows > 0 {
		return 0, errors.Join(t.say("LEFT: %d rows", rows), ErrBroken)
	}
	return done, nil
}

// search returns how many values were found. Errors: the planted one was not.
func (t *test) search(when string) (int, error) {
	folders := []string{t.folder}
	if t.options.Data != "" {
		folders = append(folders, t.options.Data)
	}
	hits, bytes, err := newPatterns(append(slices.Clone(t.ledger.values), t.planted)).searchAll(folders...)
	if err != nil {
		return 0, err
	}
	found, planted := 0, false
	for _, h := range hits {
		if h.pattern == t.planted {
			planted = true
			continue
		}
		found++
		if err = t.say("FOUND in %s", h.file); err != nil {
			return found, err
		}
	}
	if !planted {
		return found, errors.New("the search did not find the value that was planted")
	}
	return found, t.say("%s: %d values searched in %d MiB, planted value found, others found: %d", when, len(t.ledger.values), bytes>>20, found)
}

// checkpoint writes what the database has in its logs.
func (t *test) checkpoint(ctx context.Context, db *sql.DB) error {
	statement := "FLUSH TABLES"
	if t.options.Engine == scratch.SQLite {
		statement = "PRAGMA wal_checkpoint(TRUNCATE)"
	}
	rows, err := db.QueryContext(ctx, statement)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	return rows.Err()
}

// fetch returns the body of an answer.
func (t *test) fetch(ctx context.Context, method, address string, form url.Values) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, fmt.Errorf("making a request: %w", err)
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := (&http.Client{Timeout: finishTime}).Do(request)
	if err != nil {
		return nil, fmt.Errorf("asking: %w", err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %d", address, answer.StatusCode)
	}
	return body, err
}
