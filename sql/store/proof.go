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

	Verification   verificationState `db:"v"` // without an id if there is none
	Fits           bool              `db:"fits"`
	PortraitID     sql.NullString    `db:"portrait_id"`
	PictureDigest  []byte            `db:"sha256_cipher"`
	PictureWrapped []byte            `db:"picture_wrapped"`

	accessRow
}

// accessRow is the access verification behind a grant.
type accessRow struct {
	Grant  grantRow          `db:"g"`
	Access verificationState `db:"av"`
}

// Columns of verifications that are read along with other rows, for fields whose names are "av" and "v".
const (
	accessColumns = grantOf + `, av.id AS 'av.id', av.session_id AS 'av.session_id', av.account_id AS 'av.account_id',
		av.subject_id AS 'av.subject_id', av.purpose AS 'av.purpose', av.channel AS 'av.channel', av.state AS 'av.state', av.turn AS 'av.turn',
		av.prefilled AS 'av.prefilled', av.policy_digest AS 'av.policy_digest', av.portrait_id AS 'av.portrait_id',
		av.grant_id AS 'av.grant_id', av.todo_id AS 'av.todo_id', av.revision AS 'av.revision', av.content_digest AS 'av.content_digest',
		av.created_at AS 'av.created_at', av.expires_at AS 'av.expires_at', av.passed_at AS 'av.passed_at',
		av.usable_until AS 'av.usable_until', av.ended_at AS 'av.ended_at', av.tag AS 'av.tag'`

	verificationOrNone = `COALESCE(v.id, '') AS 'v.id', COALESCE(v.session_id, '') AS 'v.session_id', COALESCE(v.account_id, '') AS 'v.account_id',
		COALESCE(v.subject_id, '') AS 'v.subject_id', COALESCE(v.purpose, '') AS 'v.purpose', COALESCE(v.channel, '') AS 'v.channel',
		COALESCE(v.state, '') AS 'v.state', COALESCE(v.turn, 0) AS 'v.turn', COALESCE(v.prefilled, 0) AS 'v.prefilled',
		COALESCE(v.policy_digest, '') AS 'v.policy_digest', COALESCE(v.portrait_id, '') AS 'v.portrait_id',
		COALESCE(v.grant_id, '') AS 'v.grant_id', COALESCE(v.todo_id, '') AS 'v.todo_id', COALESCE(v.revision, 0) AS 'v.revision',
		COALESCE(v.content_digest, '') AS 'v.content_digest', COALESCE(v.created_at, 0) AS 'v.created_at',
		COALESCE(v.expires_at, 0) AS 'v.expires_at', COALESCE(v.passed_at, 0) AS 'v.passed_at',
		COALESCE(v.usable_until, 0) AS 'v.usable_until', COALESCE(v.ended_at, 0) AS 'v.ended_at', v.tag AS 'v.tag'`
)

func (r accessRow) access(checks []receipt.Check) receipt.Access {
	return receipt.Access{
		Verification: receipt.Verification{ID: r.Access.ID, PolicyDigest: r.Access.PolicyDigest, Checks: checks},
		AcceptedAt:   fromMs(r.Grant.StartsAt),
	}
}

const ready = `SELECT ` + todoHead + `, ` + todoBody + `, COALESCE(s.served_at, 0) AS served_at, d.wrapped, ` + verificationOrNone + `,
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
	if err == nil {
		err = s.verify(ctx, s.read, row.todoState, row.Grant, row.Access)
	}
	if err == nil && row.Verification.ID != "" {
		err = s.verify(ctx, s.read, row.Verification)
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
	result := todo.Readiness{Todo: t, Consumed: row.Verification.State == string(verification.Consumed)}
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
	p := todo.Proof{
		VerificationID: row.Verification.ID, PolicyDigest: row.Verification.PolicyDigest, PortraitID: row.PortraitID.String,
		Stamp: row.Verification,
	}
	var err error
	if p.PortraitID != "" {
		if p.PortraitSHA256, err = s.openPictureDigest(row); err != nil {
			return todo.Proof{}, err
		}
	}
	var found []factRow
	since := s.clock().Add(-consentKept)
	if err = s.read.SelectContext(ctx, &found, facts, p.VerificationID, row.Access.ID, v.AccountID, v.SubjectID, ms(since)); err != nil {
		return todo.Proof{}, fmt.Errorf("reading checks and consents: %w", err)
	}
	slices.SortFunc(found, func(a, b factRow) int { return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Kind, b.Kind)) })
	var access []receipt.Check
	for _, f := range found {
		if err = s.verifyFact(ctx, f); err != nil {
			return todo.Proof{}, err
		}
		switch f.Source {
		case factConsent:
			p.Consents = append(p.Consents, f.consent())
		case row.Access.ID:
			access = append(access, f.check())
		default:
			check := f.check()
			p.Checks = append(p.Checks, check)
			if check.Kind == "face" {
				p.FacePassedAt = check.PassedAt
			}
		}
	}
	if p.FacePassedAt.IsZero() || len(access) == 0 { // the person was erased between the two reads
		return todo.Proof{}, todo.ErrNotFound
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
	if err = s.verify(ctx, s.read, rows[0].Grant, rows[0].Access); err != nil {
		return receipt.Access{}, err
	}
	checks := make([]receipt.Check, len(rows))
	for i, row := range rows {
		if err = s.verifyFact(ctx, row.factRow); err != nil {
			return receipt.Access{}, err
		}
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
	Source     string       `db:"source"` // factConsent, or the id of the verification that has the check
	Kind       string       `db:"kind"`
	NoticeHash string       `db:"notice_hash"`
	At         int64        `db:"at"`
	Place      int64        `db:"place"` // order among its kind
	Check      checkState   `db:"c"`     // empty for a consent
	Attempt    attemptState `db:"a"`     // likewise
}

// consentKept is how old a consent can be that a usable pass rests on.
const consentKept = verification.ConsentLife + verification.OpenFor + verification.UsableFor

const (
	factConsent = "consent"

	checkColumns = `c.verification_id AS source, c.kind, '' AS notice_hash, a.settled_at AS at, c.position AS place, ` + checkOf + `, ` + attemptOf

	// noCheck are the columns of checkOf and attemptOf for a consent.
	noCheck = `'', 0, '', '', '', '', '', '', '', '', '', '', '', '', NULL, '', '', '', '', 0, 0, 0, 0, 0, ''`

	// facts is one statement for both, because an answer waits for it; sorting would make the engine store it first.
	facts = `SELECT ` + checkColumns + `
		FROM checks c JOIN attempts a ON a.id = c.attempt_id
		WHERE c.verification_id IN (?, ?) AND c.state IN ('passed', 'skipped')
		UNION ALL SELECT 'consent', n.kind, n.notice_hash, n.accepted_at, n.accepted_at, ` + noCheck + `
		FROM consents n WHERE n.account_id = ? AND n.subject_id = ? AND n.accepted_at >= ? AND n.withdrawn_at = 0
			AND n.kind NOT IN ('remember', 'owner_check')`
)

// verifyFact verifies the rows that a fact is read from.
func (s *Store) verifyFact(ctx context.Context, f factRow) error {
	if f.Source == factConsent {
		return nil
	}
	return s.verify(ctx, s.read, f.Check, f.Attempt)
}

func (f factRow) check() receipt.Check {
	c := receipt.Check{
		Kind: f.Kind, Provider: f.Attempt.Provider, Level: cmp.Or(f.Attempt.Level, "unnamed"), AttemptID: f.Attempt.ID, PassedAt: fromMs(f.At),
	}
	if f.Check.State == string(verification.CheckSkipped) { // an earlier attempt that counts again
		c.CountedFrom = f.Attempt.ID
	}
	return c
}

func (f factRow) consent() receipt.Consent {
	return receipt.Consent{Kind: f.Kind, NoticeHash: f.NoticeHash, AcceptedAt: fromMs(f.At)}
}
