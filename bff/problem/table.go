package problem

import (
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"renzheng/identity"
	"renzheng/strictjson"
	"renzheng/verification/failure"
)

// Kind is what all problems with the same code have in common.
type Kind struct {
	Code       string        `json:"code"`
	Status     int           `json:"status"`
	RetryAfter int           `json:"retry_after"` // seconds; 0 = no header
	Title      identity.Text `json:"title"`
	Detail     identity.Text `json:"detail"`
}

// Table holds every kind of problem by its code.
type Table map[string]Kind

//go:embed problems.json
var data []byte

// Load reads the table that is built into the program and reports everything that
// is wrong with it.
func Load() (Table, error) {
	var document struct {
		Problems []Kind               `json:"problems"`
		Failures map[failure.Code]int `json:"failures"` // statuses of the failures that reject a call; the catalogue has their texts
	}
	if err := strictjson.Decode(data, &document); err != nil {
		return nil, fmt.Errorf("reading the problems: %w", err)
	}
	table, problems := Table{}, []error(nil)
	for _, kind := range document.Problems {
		problems = append(problems, table.add(kind))
	}
	for _, entry := range failure.Catalogue() {
		if status, ok := document.Failures[entry.Code]; ok {
			problems = append(problems, table.add(Kind{Code: string(entry.Code), Status: status, Title: entry.Prompt, Detail: entry.Cause}))
			delete(document.Failures, entry.Code)
		}
	}
	for code := range document.Failures {
		problems = append(problems, fmt.Errorf("problem %q: the catalogue has no such failure", code))
	}
	if _, ok := table[Internal]; !ok {
		problems = append(problems, fmt.Errorf("problem %q is missing", Internal))
	}
	return table, errors.Join(problems...)
}

func (t Table) add(kind Kind) error {
	if _, ok := t[kind.Code]; ok {
		return fmt.Errorf("problem %q: defined twice", kind.Code)
	}
	t[kind.Code] = kind
	return kind.validate()
}

func (k Kind) validate() error {
	if k.Status < http.StatusBadRequest || k.Status > http.StatusServiceUnavailable {
		return fmt.Errorf("problem %q: status %d is not one of an error", k.Code, k.Status)
	}
	if missing := append(k.Title.Missing(), k.Detail.Missing()...); len(missing) > 0 {
		return fmt.Errorf("problem %q: no text in %s", k.Code, strings.Join(missing, ", "))
	}
	return nil
}

// Document returns the document of a code in a language. An unknown code is a mistake
// of ours: the document is that of [Internal], and ok is false.
func (t Table) Document(code, language string) (document *Document, ok bool) {
	kind, ok := t[code]
	if !ok {
		kind = t[Internal]
	}
	document = &Document{
		Type: "urn:renzheng:problem:" + kind.Code, Title: kind.Title.For(language), Status: kind.Status,
		Detail: kind.Detail.For(language), Code: kind.Code,
	}
	if kind.RetryAfter > 0 {
		document.RetryAfter = strconv.Itoa(kind.RetryAfter)
	}
	return document, ok
}
