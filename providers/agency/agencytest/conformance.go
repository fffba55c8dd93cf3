package agencytest

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"renzheng/identity"
	"renzheng/providers/kit"
)

const callTime = 10 * time.Second // of the contract, for one answer

// Target is a gateway to be tested, and what is needed to be its client.
type Target struct {
	URL         string            // of the gateway
	KeyID       string            // of the client's key, as the gateway knows it
	Key         string            // the client's private key, PEM (PKCS #8)
	GatewayKeys map[string]string // the gateway's public keys, PEM, by id
	PageHosts   []string          // hosts of face pages besides the gateway's own
	Samples     []Sample          // one or more; made-up persons, or ones who agreed
	Clock       func() time.Time
	// Finish plays the person on a face page with success, for the first sample
	// whose result is "match"; nil leaves out what follows a finished face.
	Finish func(ctx context.Context, pageURL string) error
}

// Sample is a document, and the result that its check must have.
type Sample struct {
	Document identity.Document
	Result   string // "match", "mismatch", "no_record"
}

// Finding is one rule of the contract and whether it is kept.
type Finding struct {
	Rule    string
	Problem string // "" = kept; never personal
}

// Report is what a gateway keeps and what not, in the order of docs/agency.md.
type Report struct{ Findings []Finding }

// Kept reports whether all rules are kept.
func (r Report) Kept() bool {
	for _, f := range r.Findings {
		if f.Problem != "" {
			return false
		}
	}
	return len(r.Findings) > 0
}

// String returns a line for each rule and one for the whole.
func (r Report) String() string {
	var out strings.Builder
	kept := 0
	for _, f := range r.Findings {
		if f.Problem == "" {
			kept++
			fmt.Fprintf(&out, "ok    %s\n", f.Rule)
			continue
		}
		fmt.Fprintf(&out, "BROKEN %s: %s\n", f.Rule, f.Problem)
	}
	fmt.Fprintf(&out, "agency: rules: %d, kept: %d\n", len(r.Findings), kept)
	return out.String()
}

// Conformance asks a gateway everything that the contract lays down, right and
// wrong. Its error is the target's own: nothing was asked then. What the gateway
// does is in the report.
func Conformance(ctx context.Context, t Target) (Report, error) {
	f, err := newFixture(t)
	if err != nil {
		return Report{}, fmt.Errorf("preparing the conformance kit: %w", err)
	}
	for _, rule := range f.rules() {
		finding := Finding{Rule: rule.name}
		if err := rule.check(ctx); err != nil {
			finding.Problem = err.Error()
		}
		f.report.Findings = append(f.report.Findings, finding)
	}
	return f.report, nil
}

// rule is one to be checked.
type rule struct {
	name  string
	check func(context.Context) error
}

// fixture is a client of the gateway that can also do wrong.
type fixture struct {
	target  Target
	line    kit.Line
	key     crypto.Signer
	gateway map[string]crypto.PublicKey
	report  Report
}

func newFixture(t Target) (*fixture, error) {
	base, err := kit.ReadBase(t.URL)
	if err != nil {
		return nil, fmt.Errorf("url: %w", err)
	}
	f := &fixture{
		target: t, gateway: map[string]crypto.PublicKey{},
		line: kit.Line{Base: base, Timeout: callTime, Transport: kit.NewTransport(nil), MaxBytes: 4 << 20},
	}
	if f.key, err = readPrivate(t.Key); err != nil {
		return nil, err
	}
	for id, text := range t.GatewayKeys {
		if f.gateway[id], err = readPublic(text); err != nil {
			return nil, err
		}
	}
	if len(t.Samples) == 0 || t.Clock == nil || t.KeyID == "" {
		return nil, errors.New("wants a key id, a clock and one sample at least")
	}
	return f, nil
}

// pageFits reports whether a client could be sent to a page.
func (f *fixture) pageFits(raw string) bool {
	const maxPageBytes = 2048
	page, err := url.Parse(raw)
	if err != nil || len(raw) > maxPageBytes || page.User != nil || page.Scheme != f.line.Base.Scheme {
		return false
	}
	return slices.Contains(append([]string{f.line.Base.Host}, f.target.PageHosts...), page.Host)
}

// want is what an answer must be.
func want(a answered, status int, code string) error {
	if a.status != status || a.object.Text("code") != code {
		return fmt.Errorf("got status %d and code %q, want %d and %q", a.status, shown(a.object.Text("code")), status, code)
	}
	return nil
}

// shown keeps what a gateway says short and free of surprises.
func shown(text string) string {
	const longest = 40
	if len(text) > longest {
		return text[:longest] + "…"
	}
	return text
}

func isOK(status int) bool { return status == http.StatusOK }
