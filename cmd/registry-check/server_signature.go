package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"renzheng/providers/registry/registrytest"
)

// push returns a push of the case's current revision, and the signature that it needs.
func (s *server) push(ctx context.Context) (*http.Request, registrytest.Signature, []byte, error) {
	revised := sampleCase(2) //nolint:mnd // as it is now
	revised.Signers[0].Items[0].Value = "70万元"
	body, err := json.Marshal(revised)
	if err != nil {
		return nil, registrytest.Signature{}, nil, fmt.Errorf("encoding a case: %w", err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPut, s.client.BaseURL+"/registry/v1/cases/"+s.caseID, bytes.NewReader(body))
	if err != nil {
		return nil, registrytest.Signature{}, nil, fmt.Errorf("preparing a request: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Content-Digest", registrytest.Digest(body))
	return r, s.client.Signer.Draft(body), body, nil
}

// send sends a request, and returns its problem.
func (s *server) send(r *http.Request) error {
	response, err := s.client.HTTP.Do(r)
	if err != nil {
		return fmt.Errorf("asking the server: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil || response.StatusCode < http.StatusBadRequest {
		return err
	}
	p := &registrytest.ProblemError{Status: response.StatusCode, Body: content}
	var document struct {
		Code string `json:"code"`
	}
	_ = json.Unmarshal(content, &document)
	p.Code = document.Code
	return p
}

// spoilt sends a push whose signature or body is changed, and wants a code.
func (s *server) spoilt(ctx context.Context, code string, spoil func(*registrytest.Signature), after func(*http.Request)) (string, error) {
	r, draft, _, err := s.push(ctx)
	if err != nil {
		return "", err
	}
	if spoil != nil {
		spoil(&draft)
	}
	if err = draft.Apply(r, s.client.Signer.Key); err != nil {
		return "", err
	}
	if after != nil {
		after(r)
	}
	problem := s.send(r)
	if err = wantProblem(problem, http.StatusUnauthorized, code); err != nil {
		return "", err
	}
	if code == "signature_invalid" {
		return violations(problem, " signature_mismatch")
	}
	return "401 " + code, nil
}

func (s *server) wantsSignature(ctx context.Context) (string, error) {
	return s.spoilt(ctx, "signature_missing", nil, func(r *http.Request) {
		r.Header.Del("Signature")
		r.Header.Del("Signature-Input")
	})
}

func (s *server) wantsOwnSignature(ctx context.Context) (string, error) {
	return s.spoilt(ctx, "signature_invalid", func(d *registrytest.Signature) { d.Authority = "elsewhere.example" }, nil)
}

func (s *server) wantsTime(ctx context.Context) (string, error) {
	const late, early = 6 * time.Minute, 2 * time.Minute
	_, errLate := s.spoilt(ctx, "signature_stale", func(d *registrytest.Signature) { d.Created = d.Created.Add(-late) }, nil)
	_, errEarly := s.spoilt(ctx, "signature_future", func(d *registrytest.Signature) { d.Created = d.Created.Add(early) }, nil)
	return "401 signature_stale, 401 signature_future", errors.Join(errLate, errEarly)
}

func (s *server) wantsNonce(ctx context.Context) (string, error) {
	r, draft, body, err := s.push(ctx)
	if err != nil {
		return "", err
	}
	if err = draft.Apply(r, s.client.Signer.Key); err != nil {
		return "", err
	}
	again := r.Clone(ctx)
	again.Body = io.NopCloser(bytes.NewReader(body))
	if err = s.send(r); err != nil {
		return "", err
	}
	return "401 signature_replayed", wantProblem(s.send(again), http.StatusUnauthorized, "signature_replayed")
}

func (s *server) wantsDigest(ctx context.Context) (string, error) {
	return s.spoilt(ctx, "digest_mismatch", nil, func(r *http.Request) {
		const other = `{"revision":2}`
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(other)), int64(len(other))
	})
}

func (s *server) wantsKey(ctx context.Context) (string, error) {
	_, stranger, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", fmt.Errorf("making a key: %w", err)
	}
	r, draft, _, err := s.push(ctx)
	if err != nil {
		return "", err
	}
	draft.KeyID = "registry-check-unknown"
	if err = draft.Apply(r, stranger); err != nil {
		return "", err
	}
	return "401 signature_key_unknown", wantProblem(s.send(r), http.StatusUnauthorized, "signature_key_unknown")
}

// violations returns an error unless a problem lists exactly these places and rules.
func violations(err error, want ...string) (string, error) {
	var p *registrytest.ProblemError
	if !errors.As(err, &p) {
		return "", fmt.Errorf("got %w, want a problem", orNone(err))
	}
	var document struct {
		Errors []struct {
			Pointer string `json:"pointer"`
			Rule    string `json:"rule"`
		} `json:"errors"`
	}
	if err = decode(p.Body, &document); err != nil {
		return "", err
	}
	var got []string
	for _, e := range document.Errors {
		got = append(got, e.Pointer+" "+e.Rule)
	}
	if !slices.Equal(got, want) {
		return "", fmt.Errorf("got the violations %q, want %q", got, want)
	}
	return p.Code + ": " + strings.Join(got, ", "), nil
}

// decode reads an answer of the server.
func decode(content []byte, into any) error {
	if err := json.Unmarshal(content, into); err != nil {
		return errors.New("the answer is not the JSON that was expected")
	}
	return nil
}
