package todo

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// answering is one call that answers a todo, and what the person was shown.
type answering struct {
	viewer        Viewer
	todoID        string
	revision      int64
	contentDigest string
	key           Key
	now           time.Time
}

// against returns the code of the error if t cannot be answered, or "". It saves
// work and selects the code. The statement that writes has the same conditions.
func (a answering) against(t Todo) string {
	if !t.Signer.Name.Equal(a.viewer.Name) {
		return CodeNameDiffers
	}
	switch t.at(a.now).State {
	case Confirmed, Declined, DoneAtWindow:
		return CodeAlreadyAnswered
	case Expired:
		return CodeExpired
	case Withdrawn:
		return CodeWithdrawn
	case Superseded:
		return CodeRevisionStale
	case Open:
	}
	if t.Revision != a.revision || t.ContentDigest != a.contentDigest || t.ServedAt.IsZero() {
		return CodeRevisionStale // what was not shown to this session cannot be answered by it
	}
	return ""
}

// AnswerResult is the answer to a todo.
type AnswerResult struct {
	Confirmation

	// Replayed reports that an earlier call with the same idempotency key made the answer.
	Replayed bool
}

// draft returns the answer but for what its decision adds and its receipt.
func (s *Service) draft(a answering, t Todo, d Decision) (Confirmation, error) {
	id, err := s.newID("cfm_")
	if err != nil {
		return Confirmation{}, err
	}
	return Confirmation{
		ID: id, TodoID: t.ID, CaseRow: t.CaseRow, RegistryID: t.RegistryID, CaseID: t.CaseID, SignerID: t.SignerID,
		SubjectID: t.SubjectID, AccountID: a.viewer.AccountID, GrantID: a.viewer.GrantID, Revision: t.Revision, ContentDigest: t.ContentDigest,
		Decision: d, Headline: t.Headline, AnsweredAt: a.now,
	}, nil
}

// errRenewed reports that an answer was not written although the todo still waits as the person saw it.
var errRenewed = errors.New("what the answer refers to was renewed meanwhile")

// answerTries is how often an answer is prepared and written. A rotation of keys renews the tag of each row once.
const answerTries = 3

// answered prepares and writes an answer again as long as what it refers to was renewed in between. It returns
// CodeVerificationNotUsable if that never ends.
func answered(answer func() (AnswerResult, error)) (AnswerResult, error) {
	for range answerTries {
		if result, err := answer(); !errors.Is(err, errRenewed) {
			return result, err
		}
	}
	return AnswerResult{}, rejected(CodeVerificationNotUsable)
}

// settle writes the sealed answer. A later caller gets the answer that
// came first. It returns errRenewed if a tag, the verification or the grant has
// changed since it was read: the caller reads them again, and learns which.
func (s *Service) settle(ctx context.Context, a answering, c Confirmation, t Todo, proof Stamp) (AnswerResult, error) {
	write, kind := s.Answers.Confirm, EventConfirmed
	if c.Decision == DecisionDeclined {
		write, kind = s.Answers.Decline, EventDeclined
	}
	e, err := s.newEvent(kind, t, a.now)
	if err != nil {
		return AnswerResult{}, err
	}
	e.ConfirmationID, e.Receipt = c.ID, c.Receipt
	report, err := s.report(c, t, a.now)
	if err != nil {
		return AnswerResult{}, err
	}
	err = write(ctx, Answer{Confirmation: c, Event: e, Report: report, Viewer: a.viewer, Key: a.key, Now: a.now, Todo: t.Stamp, Proof: proof})
	switch {
	case err == nil:
		s.Metrics.Answered(c.Decision)
		return AnswerResult{Confirmation: c}, nil
	case errors.Is(err, ErrStrokesReused):
		return AnswerResult{}, rejected(CodeStrokesReused)
	case errors.Is(err, ErrConflict), errors.Is(err, ErrAnswered):
		return s.overtaken(ctx, a, c.ID)
	}
	return AnswerResult{}, fmt.Errorf("writing an answer: %w", err)
}

// report returns the event by which the registry learns that a person knows nothing of
// a case, or a zero Event for every other answer. The receipt is the signed report.
func (s *Service) report(c Confirmation, t Todo, now time.Time) (Event, error) {
	if c.Decision != DecisionDeclined || c.Reason != NotMine {
		return Event{}, nil
	}
	e, err := s.newEvent(EventReported, t, now)
	e.ConfirmationID, e.Receipt = c.ID, c.Receipt
	return e, err
}

// overtaken finds out what made the conditional update miss.
func (s *Service) overtaken(ctx context.Context, a answering, ownID string) (AnswerResult, error) {
	t, err := s.Todos.Todo(ctx, a.viewer, a.todoID, a.now)
	if err != nil {
		return AnswerResult{}, fmt.Errorf("reading an overtaken todo: %w", err)
	}
	if code := a.against(t); code != "" {
		return s.existingAnswer(ctx, a, ownID, rejected(code))
	}
	return s.existingAnswer(ctx, a, ownID, errRenewed)
}

// existingAnswer returns the answer that an earlier call made, if this call
// repeats it. Otherwise it returns an error: CodeAlreadyAnswered with the
// earlier answer, or absent if there is none. ownID is the id under which this very
// call may have been committed although the commit was not acknowledged.
func (s *Service) existingAnswer(ctx context.Context, a answering, ownID string, absent error) (AnswerResult, error) {
	existing, err := s.Answers.Answered(ctx, a.viewer, a.todoID, a.key)
	c := existing.Confirmation
	switch {
	case errors.Is(err, ErrKeyReused):
		return AnswerResult{}, rejected(CodeKeyReused)
	case errors.Is(err, ErrNotFound):
		return AnswerResult{}, absent
	case err != nil:
		return AnswerResult{}, fmt.Errorf("looking for an earlier answer: %w", err)
	case c.ID == ownID:
		s.Metrics.Answered(c.Decision)
		return AnswerResult{Confirmation: c}, nil
	case existing.SameKey:
		return AnswerResult{Confirmation: c, Replayed: true}, nil
	}
	return AnswerResult{}, &RejectedError{Code: CodeAlreadyAnswered, Confirmation: &c}
}
