package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"renzheng/receipt"
	"renzheng/todo"
	"renzheng/verification"
)

// readyRow is a todo with the verification that is to confirm it, if this session has that, and its portrait.
type readyRow struct {
	todoRow

	VerificationID    sql.NullString `db:"verification_id"`
	VerificationState sql.NullString `db:"verification_state"`
	Fits              bool           `db:"fits"`
	PolicyDigest      sql.NullString `db:"policy_digest"`
	PortraitID        sql.NullString `db:"portrait_id"`
	PictureDigest     []byte         `db:"sha256_cipher"`
	PictureWrapped    []byte         `db:"picture_wrapped"`

	accessRow
}

// accessRow is the access verification behind a grant.
type accessRow struct {
	AccessID     string `db:"access_id"`
	AccessPolicy string `db:"access_policy"`
	AcceptedAt   int64  `db:"accepted_at"`
}

const accessColumns = `g.verification_id AS access_id, av.policy_digest AS access_policy, g.starts_at AS accepted_at`

func (r accessRow) access(checks []receipt.Check) receipt.Access {
	return receipt.Access{
		Verification: receipt.Verification{ID: r.AccessID, PolicyDigest: r.AccessPolicy, Checks: checks},
		AcceptedAt:   fromMs(r.AcceptedAt),
	}
}

const ready = `SELECT ` + todoHead + `, ` + todoBody + `, COALESCE(s.served_at, 0) AS served_at, d.wrapped,
	v.id AS verification_id, v.state AS verification_state, v.policy_digest,
	(v.id IS NOT NULL AND v.purpose = 'confirm' AND v.state = 'passed' AND v.usable_until > ? AND v.subject_id = t.subject_id
		AND v.todo_id = t.id AND v.revision = t.revision AND v.content_digest = t.content_digest) AS fits,
	p.id AS portrait_id, p.sha256_cipher, pd.wrapped AS picture_wrapped, ` + accessColumns + `
	FROM grants g JOIN verifications av ON av.id = g.verification_id JOIN todos t ON t.subject_id = g.subject_id JOIN data_keys d ON d.owner_id = t.case_row
	LEFT JOIN servings s ON s.session_id = g.session_id AND s.todo_id = t.id AND s.revision = t.revision
		AND s.content_digest = t.content_digest
	LEFT JOIN verifications v ON v.id = ? AND v.session_id = g.session_id AND v.grant_id = g.id
	LEFT JOIN portraits p ON p.id = v.portrait_id
	LEFT JOIN data_keys pd ON pd.owner_id = p.id
	WHERE ` + liveGrant + ` AND t.id = ?`

// Ready implements [todo.AnswerStore].
func (s *Store) Ready(ctx context.Context, v todo.Viewer, todoID, verificationID string, now time.Time) (todo.Readiness, error) {
	args := append([]any{ms(now), verificationID}, grantArgs(v, now)...)
	var row readyRow
	err := s.read.GetContext(ctx, &row, ready, append(args, todoID)...)
	if noRow(err) {
		return todo.Readiness{}, todo.ErrNotFound
	}
	if err != nil {
		return todo.Readiness{}, fmt.Errorf("reading what is to be confirmed: %w", err)
	}
	key, err := s.unwrap(row.CaseRow, row.Wrapped)
	if err != nil {
		return todo.Readiness{}, err
	}
	t, err := row.open(key)
	if err != nil {
		return todo.Readiness{}, err
	}
	result := todo.Readiness{Todo: t, Consumed: row.VerificationState.String == "consumed"}
	if !row.Fits {
		return result, nil
	}
	proof, err := s.proof(ctx, v, row)
	if err != nil {
		return todo.Readiness{}, err
	}
	result.Proof = &proof
	return result, nil
}

func (s *Store) proof(ctx context.Context, v todo.Viewer, row readyRow) (todo.Proof, error) {
	p := todo.Proof{VerificationID: row.VerificationID.String, PolicyDigest: row.PolicyDigest.String, PortraitID: row.PortraitID.String}
	var err error
	if p.PortraitID != "" {
		if p.PortraitSHA256, err = s.openPictureDigest(row); err != nil {
			return todo.Proof{}, err
		}
	}
	var found []factRow
	since := s.clock().Add(-consentKept)
	if err = s.read.SelectContext(ctx, &found, facts, p.VerificationID, row.AccessID, v.AccountID, v.SubjectID, ms(since)); err != nil {
		return todo.Proof{}, fmt.Errorf("reading checks and consents: %w", err)
	}
	slices.SortFunc(found, func(a, b factRow) int { return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Kind, b.Kind)) })
	var access []receipt.Check
	for _, f := range found {
		switch f.Source {
		case factConsent:
			p.Consents = append(p.Consents, f.consent())
		case row.AccessID:
			access = append(access, f.check())
		default:
			check := f.check()
			p.Checks = append(p.Checks, check)
			if check.Kind == "face" {
				p.FacePassedAt = check.PassedAt
			}
		}
	}
	p.Access = row.access(access)
	return p, nil
}

// Access implements [todo.AnswerStore].
func (s *Store) Access(ctx context.Context, v todo.Viewer, now time.Time) (receipt.Access, error) {
	var rows []struct {
		accessRow
		factRow
	}
	err := s.read.SelectContext(ctx, &rows, `SELECT `+accessColumns+`, `+checkColumns+` FROM grants g
		JOIN verifications av ON av.id = g.verification_id AND av.subject_id = g.subject_id JOIN checks c ON c.verification_id = av.id
		JOIN attempts a ON a.id = c.attempt_id
		WHERE `+liveGrant+` AND c.state IN ('passed', 'skipped') ORDER BY c.position`, grantArgs(v, now)...)
	if err != nil {
		return receipt.Access{}, fmt.Errorf("reading the checks behind a grant: %w", err)
	}
	if len(rows) == 0 {
		return receipt.Access{}, todo.ErrNotFound
	}
	checks := make([]receipt.Check, len(rows))
	for i, row := range rows {
		checks[i] = row.check()
	}
	return rows[0].access(checks), nil
}

func (s *Store) openPictureDigest(row readyRow) ([]byte, error) {
	key, err := s.unwrap(row.PortraitID.String, row.PictureWrapped)
	if err != nil {
		return nil, err
	}
	return key.Open(portraitDigestAAD(row.PortraitID.String), row.PictureDigest)
}

// factRow is a passed check of a verification or a live consent of its person.
type factRow struct {
	Source     string `db:"source"` // factConsent, or the id of the verification that has the check
	Kind       string `db:"kind"`
	Provider   string `db:"provider"`
	Level      string `db:"level"`
	AttemptID  string `db:"attempt_id"`
	Counted    bool   `db:"counted"` // an earlier attempt that counts again
	NoticeHash string `db:"notice_hash"`
	At         int64  `db:"at"`
	Place      int64  `db:"place"` // order among its kind
}

// consentKept is how old a consent can be that a usable pass rests on.
const consentKept = verification.ConsentLife + verification.OpenFor + verification.UsableFor

const (
	factConsent = "consent"

	checkColumns = `c.verification_id AS source, c.kind, a.provider, a.level, a.id AS attempt_id, c.state = 'skipped' AS counted,
		'' AS notice_hash, a.settled_at AS at, c.position AS place`

	// facts is one statement for both, because an answer waits for it; sorting would make the engine store it first.
	facts = `SELECT ` + checkColumns + `
		FROM checks c JOIN attempts a ON a.id = c.attempt_id
		WHERE c.verification_id IN (?, ?) AND c.state IN ('passed', 'skipped')
		UNION ALL SELECT 'consent', n.kind, '', '', '', 0, n.notice_hash, n.accepted_at, n.accepted_at
		FROM consents n WHERE n.account_id = ? AND n.subject_id = ? AND n.accepted_at >= ? AND n.withdrawn_at = 0
			AND n.kind NOT IN ('remember', 'owner_check')`
)

func (f factRow) check() receipt.Check {
	c := receipt.Check{
		Kind: f.Kind, Provider: f.Provider, Level: cmp.Or(f.Level, "unnamed"), AttemptID: f.AttemptID, PassedAt: fromMs(f.At),
	}
	if f.Counted {
		c.CountedFrom = f.AttemptID
	}
	return c
}

func (f factRow) consent() receipt.Consent {
	return receipt.Consent{Kind: f.Kind, NoticeHash: f.NoticeHash, AcceptedAt: fromMs(f.At)}
}
