package journey

import (
	"errors"
	"fmt"
	"time"
)

// ProblemError is a problem document, and the error of a call that received it.
type ProblemError struct {
	Type         string         `json:"type"`
	Title        string         `json:"title"`
	Status       int            `json:"status"`
	Detail       string         `json:"detail"`
	Code         string         `json:"code"`
	RequestID    string         `json:"request_id"`
	Errors       []InvalidValue `json:"errors"`
	Failure      *Failure       `json:"failure"`
	NextAt       *time.Time     `json:"next_at"`
	TriesLeft    *int           `json:"tries_left"`
	State        string         `json:"state"`
	Confirmation string         `json:"confirmation"`
	Notices      []NoticeRef    `json:"notices"`
}

// InvalidValue is a place in a request and the rule that it breaks.
type InvalidValue struct {
	Pointer   string `json:"pointer"`
	Parameter string `json:"parameter"`
	Rule      string `json:"rule"`
}

// Error returns status, code and request.
func (p *ProblemError) Error() string {
	return fmt.Sprintf("problem %d %s (request %s)", p.Status, p.Code, p.RequestID)
}

// problem reads the answer as a problem document. For any other document it keeps
// the status only.
func (a answer) problem() *ProblemError {
	var p ProblemError
	if err := a.read(&p); err != nil || p.Status != a.status {
		return &ProblemError{Status: a.status, Code: "no problem document"}
	}
	return &p
}

// wantProblem returns an error unless err is the problem with a code.
func wantProblem(err error, code string) (*ProblemError, error) {
	var p *ProblemError
	if !errors.As(err, &p) {
		return nil, fmt.Errorf("got %w, want problem %s", orNone(err), code)
	}
	if p.Code != code {
		return p, fmt.Errorf("got %w, want problem %s", err, code)
	}
	if p.Title == "" || p.Detail == "" || p.RequestID == "" {
		return p, fmt.Errorf("problem %s lacks title, detail or request id", code)
	}
	return p, nil
}

// isProblem reports whether an error is the problem with a code.
func isProblem(err error, code string) bool {
	var p *ProblemError
	return errors.As(err, &p) && p.Code == code
}

var errNone = errors.New("no problem")

func orNone(err error) error {
	if err == nil {
		return errNone
	}
	return err
}
