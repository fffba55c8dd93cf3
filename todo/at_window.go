package todo

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"renzheng/ledger"
	"renzheng/receipt"
	"renzheng/staff"
	"renzheng/tracing"
)

// WindowRecord is where and how a person answered at a window of the authority.
type WindowRecord struct {
	Office  string
	VisitID string
	EntryID string // of the ledger
	Manner  Manner
	Paper   string // number of the signed paper in the office's files; "" unless signed on paper
}

// Manner is how the person said yes or no.
type Manner string

// The manners.
const (
	SignedPaper Manner = receipt.SignedPaper
	SignedPad   Manner = receipt.SignedPad // the person's handwriting is in the evidence
	ReadOut     Manner = receipt.ReadOut   // to a person who cannot write, before a witness
)

// WindowRequest is a person's answer at a window, as the member enters it.
type WindowRequest struct {
	VisitID       string
	TodoID        string
	Revision      int64
	ContentDigest string
	Decision      Decision      // done_at_window or refused
	Reason        DeclineReason // when declined
	Manner        Manner
	Paper         string
	Scan          [][]byte // pages of the signed paper, as they were uploaded; optional
	Strokes       string   // of the pad, see Strokes
}

// WindowAnswer is an answer to be written with its event and its entry of the ledger.
type WindowAnswer struct {
	Confirmation Confirmation
	Event        Event
	Entry        ledger.Draft
	Member       staff.Member
	Todo         Stamp
}

// WindowTodo is a todo of the person and case of a verified visit.
type WindowTodo struct {
	Todo

	Unable bool // the person cannot write
}

// WindowStore reads and answers todos in a verified visit.
type WindowStore interface {
	// WindowTodo returns a todo of the visit's person and case with its content; ServedAt is when the visit was shown it.
	// ErrNotFound unless the visit is of the member's office, verified and not over.
	WindowTodo(ctx context.Context, m staff.Member, visitID, todoID string, now time.Time) (WindowTodo, error)
	// AnswerAtWindow writes an answer. ErrConflict if the todo is not open or expired as it was read, the visit is over, or the
	// member may not serve it (R52). ErrAnswered, ErrFrozenAtWindow; ErrStrokesReused if this person used the handwriting before, or
	// anybody at a window, which is entered into the ledger.
	AnswerAtWindow(ctx context.Context, a WindowAnswer) error
	// AnsweredAtWindow returns the answer to a todo. Its Window has the manner and the paper if it was given in the visit, and is nil
	// otherwise. ErrNotFound.
	AnsweredAtWindow(ctx context.Context, visitID, todoID string) (Confirmation, error)
}

var paperPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$`)

// Errors of answers at a window.
var (
	ErrManner = errors.New("somebody who can write signs; somebody who cannot write is read to")
	ErrPaper  = errors.New("not the number of a paper")
	// ErrScan reports a paper that must be scanned and was not, or pages that are too many or too large together.
	ErrScan = errors.New("the scan of the paper is missing, or too large")

	// ErrFrozenAtWindow reports that the person has frozen their number.
	ErrFrozenAtWindow = errors.New("the person has frozen their number")
)

// check returns what is wrong with the request.
func (r WindowRequest) check(t WindowTodo) error {
	switch {
	case r.Decision != DecisionDoneAtWindow && r.Decision != DecisionDeclined:
		return ErrManner
	case r.Decision == DecisionDeclined && !slices.Contains(DeclineReasons(), r.Reason), r.Decision != DecisionDeclined && r.Reason != "":
		return rejected(CodeReasonInvalid)
	case (r.Manner == ReadOut) != t.Unable, !slices.Contains([]Manner{ReadOut, SignedPaper, SignedPad}, r.Manner):
		return ErrManner
	case (r.Manner == SignedPaper) != paperPattern.MatchString(r.Paper), r.Manner != SignedPaper && (r.Paper != "" || len(r.Scan) > 0):
		return ErrPaper
	case (r.Manner == SignedPad) != (r.Strokes != ""):
		return ErrManner
	}
	return nil
}

// against returns the code of the error if the todo cannot be answered, or "". What was not shown cannot be.
func (r WindowRequest) against(t WindowTodo) string {
	switch t.State {
	case Confirmed, Declined, DoneAtWindow:
		return CodeAlreadyAnswered
	case Withdrawn:
		return CodeWithdrawn
	case Superseded:
		return CodeRevisionStale
	case Open, Expired:
	}
	if t.Revision != r.Revision || t.ContentDigest != r.ContentDigest || t.ServedAt.IsZero() || t.ServedAt.Before(t.OpenedAt) {
		return CodeRevisionStale
	}
	return ""
}

// AnswerAtWindow takes the answer of a person whom two members have verified at a window (R54), as the authority's statement.
// Like a registry's statement it may come after the todo expired. A repetition in the same visit returns the same answer.
//
// Errors: ErrNotFound, ErrManner, ErrPaper, ErrScan, ErrFrozenAtWindow, those of [Scanner]; *RejectedError with CodeReasonInvalid,
// CodeRevisionStale, CodeWithdrawn, CodeAlreadyAnswered, CodeStrokesInvalid or CodeStrokesReused.
func (s *Service) AnswerAtWindow(ctx context.Context, m staff.Member, r WindowRequest) (_ Confirmation, err error) {
	ctx, span := tracing.Start(ctx, "todo AnswerAtWindow")
	defer func() { span.End(err) }()
	t, err := s.Windows.WindowTodo(ctx, m, r.VisitID, r.TodoID, s.now())
	if err != nil {
		return Confirmation{}, fmt.Errorf("reading the todo of a visit: %w", err)
	}
	if err = r.check(t); err != nil {
		return Confirmation{}, err
	}
	switch code := r.against(t); code {
	case CodeAlreadyAnswered:
		return s.answeredAtWindow(ctx, r, "")
	case "":
	default:
		return Confirmation{}, rejected(code)
	}
	a, err := s.windowAnswer(ctx, m, r, t.Todo)
	if err != nil {
		return Confirmation{}, err
	}
	switch err = s.Windows.AnswerAtWindow(ctx, a); {
	case errors.Is(err, ErrStrokesReused):
		return Confirmation{}, rejected(CodeStrokesReused)
	case errors.Is(err, ErrConflict), errors.Is(err, ErrAnswered):
		return s.answeredAtWindow(ctx, r, a.Confirmation.ID)
	case err != nil:
		return Confirmation{}, fmt.Errorf("writing an answer at a window: %w", err)
	}
	s.Metrics.Answered(a.Confirmation.Decision)
	return a.Confirmation, nil
}

// windowAnswer seals the answer. The entry of the ledger commits to the receipt, which names the entry.
func (s *Service) windowAnswer(ctx context.Context, m staff.Member, r WindowRequest, t Todo) (WindowAnswer, error) {
	signed, err := s.signature(ctx, m, r)
	if err != nil {
		return WindowAnswer{}, err
	}
	entry, err := s.newID("led_")
	if err != nil {
		return WindowAnswer{}, err
	}
	now := s.now()
	c, err := s.draft(answering{now: now}, t, r.Decision)
	if err != nil {
		return WindowAnswer{}, err
	}
	c.Strokes, c.Scan = signed.strokes, signed.scan
	c.Reason, c.Window = r.Reason, &WindowRecord{Office: m.Office, VisitID: r.VisitID, EntryID: entry, Manner: r.Manner, Paper: r.Paper}
	if err = s.seal(&c, t, nil, nil); err != nil {
		return WindowAnswer{}, err
	}
	event, kind := EventDoneAtWindow, ledger.Kind("visit.answered")
	if r.Decision == DecisionDeclined {
		event, kind = EventDeclined, "visit.declined"
	}
	e, err := s.newEvent(event, t, now)
	if err != nil {
		return WindowAnswer{}, err
	}
	e.ConfirmationID, e.Receipt = c.ID, c.Receipt
	digest := sha256.Sum256([]byte(c.Receipt))
	return WindowAnswer{
		Confirmation: c, Event: e, Member: m, Todo: t.Stamp,
		Entry: ledger.Draft{
			ID: entry, At: now, Kind: kind, Office: m.Office, Member: m.ID, Reference: r.VisitID,
			Reason: cmp.Or(string(r.Reason), string(r.Manner)), Digest: base64.RawURLEncoding.EncodeToString(digest[:]),
		},
	}, nil
}

// repeats reports whether the request asks for an answer that was given in its visit, in this manner, for this reason, and on this paper or
// with this handwriting. Any other is not filed, and the person must not believe that it was.
func (r WindowRequest) repeats(c Confirmation) bool {
	if c.Window == nil || c.Window.Manner != r.Manner || c.Window.Paper != r.Paper || c.Decision != r.Decision || c.Reason != r.Reason {
		return false
	}
	strokes, err := DecodeStrokes(r.Strokes)
	return r.Manner != SignedPad || err == nil && strokes.Encode() == string(c.Strokes)
}

// answeredAtWindow returns the earlier answer if it was given in the same visit or is ownID, and rejects the call with it otherwise.
func (s *Service) answeredAtWindow(ctx context.Context, r WindowRequest, ownID string) (Confirmation, error) {
	c, err := s.Windows.AnsweredAtWindow(ctx, r.VisitID, r.TodoID)
	switch {
	case errors.Is(err, ErrNotFound):
		return Confirmation{}, rejected(CodeRevisionStale)
	case err != nil:
		return Confirmation{}, fmt.Errorf("reading an earlier answer at a window: %w", err)
	case c.ID == ownID, r.repeats(c):
		return c, nil
	}
	return Confirmation{}, &RejectedError{Code: CodeAlreadyAnswered, Confirmation: &c}
}
