package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"renzheng/providers/registry/registrytest"
	"renzheng/test/harness"
	"renzheng/test/people"
)

// push is a registry's request that is refused and changes nothing.
type push struct {
	name   string
	spoil  func(*signed) // what is wrong with how it is signed; nil = nothing
	body   []byte
	status int
	code   string
	rule   string
	at     string
}

// TestBadInput_Registry sends what a registry must not, signed as it must be,
// and what is signed otherwise.
func TestBadInput_Registry(t *testing.T) { //nolint:tparallel // what follows needs the end of its subtests
	t.Parallel()
	s := newFixture(t, fixtureOptions{guests: []guestOptions{{id: "other"}}})
	standing := harness.SampleCase(s.newPerson(people.Passes), time.Now())
	standing.Revision = 5
	if _, err := s.Cases.PutCase(t.Context(), "standing", standing); err != nil {
		t.Fatal(err)
	}
	standing.Revision = 6
	good, err := json.Marshal(standing)
	if err != nil {
		t.Fatal(err)
	}
	s.refusePushes(t, badSignatures(good, s.guests["other"].Client))
	s.refusePushes(t, badDocuments(good))
	s.refusePushes(t, badContent(t, good))
	unsigned := request{method: http.MethodPut, path: "/registry/v1/cases/standing", body: good}
	s.refuse(t, caller{base: s.API}, []bad{
		{name: "a request without signature", request: unsigned, status: http.StatusUnauthorized, code: "signature_missing"},
		{name: "a person's token in the place of a signature", request: request{
			method: http.MethodGet, path: "/registry/v1/events", header: map[string]string{"Authorization": "Bearer " + strings.Repeat("A", 43)},
		}, status: http.StatusUnauthorized, code: "signature_missing"},
	})
	before := s.rows.picture(t)
	draftPush(s.Cases, "standing", good).send(t, s.Cases).is(t, http.StatusOK)
	if after := s.rows.picture(t); after["cases"] == before["cases"] {
		t.Error("a push that is taken does not show in the rows: the refusals prove nothing")
	}
}

// refusePushes sends each and requires its problem and the same rows as before,
// but for nonces.
func (s *fixture) refusePushes(t *testing.T, all []push) {
	t.Helper()
	for _, p := range all {
		t.Run(p.name, func(t *testing.T) {
			before := s.rows.picture(t)
			r := draftPush(s.Cases, "standing", p.body)
			if p.spoil != nil {
				p.spoil(&r)
			}
			got := r.send(t, s.Cases).refused(t, p.status, p.code)
			if rule, at := got.text(t, "errors.0.rule"), got.text(t, "errors.0.pointer"); rule != p.rule || at != p.at {
				t.Errorf("got the rule %q at %q, want %q at %q", rule, at, p.rule, p.at)
			}
			if bytes.Contains(got.body, []byte(sentinel)) {
				t.Errorf("the answer repeats what was sent: %s", got.body)
			}
			s.rows.same(t, before)
		})
	}
}

// badSignatures spoil a request that would be taken.
func badSignatures(good []byte, other *registrytest.Client) []push {
	spoilt := func(name, code string, spoil func(*signed)) push {
		return push{name: name, spoil: spoil, body: good, status: http.StatusUnauthorized, code: code}
	}
	invalid := func(name, rule string, spoil func(*signed)) push {
		p := spoilt(name, "signature_invalid", spoil)
		p.rule = rule
		return p
	}
	without := func(component string) func(*signed) {
		return func(r *signed) {
			var kept []string
			for _, c := range r.signature.Components {
				if c != component {
					kept = append(kept, c)
				}
			}
			r.signature.Components = kept
		}
	}
	return []push{
		invalid("another's key id", "signature_mismatch", func(r *signed) { r.signature.KeyID = other.Signer.KeyID }),
		spoilt("an unknown key", "signature_key_unknown", func(r *signed) { r.signature.KeyID = "key-" + sentinel }),
		spoilt("created in the future", "signature_future", func(r *signed) { r.signature.Created = time.Now().Add(70 * time.Second) }),
		spoilt("created too long ago", "signature_stale", func(r *signed) { r.signature.Created = time.Now().Add(-310 * time.Second) }),
		invalid("not created at all", "signature_parameters", func(r *signed) { r.signature.Created = time.Time{} }),
		spoilt("expired", "signature_stale", func(r *signed) { r.signature.Expires = time.Now().Add(-2 * time.Second) }),
		invalid("another authority", "signature_mismatch", func(r *signed) { r.signature.Authority = "elsewhere.example" }),
		invalid("a short nonce", "signature_parameters", func(r *signed) { r.signature.Nonce = "short" }),
		invalid("no nonce", "signature_parameters", func(r *signed) { r.signature.Nonce = "" }),
		invalid("another algorithm", "signature_algorithm", func(r *signed) { r.signature.Alg = "hmac-sha256" }),
		invalid("another label", "signature_fields", func(r *signed) { r.signature.Label = "sig2" }),
		invalid("the method not signed", "signature_components", without("@method")),
		invalid("the authority not signed", "signature_components", without("@authority")),
		invalid("the path not signed", "signature_components", without("@path")),
		invalid("the query not signed", "signature_components", without("@query")),
		invalid("the body not signed", "signature_components", without("content-digest")),
		spoilt("the digest of another body", "digest_mismatch", func(r *signed) { r.digest = registrytest.Digest([]byte(sentinel)) }),
	}
}

// badDocuments are well signed and no document of ours.
func badDocuments(good []byte) []push {
	malformed := func(name, rule string, body []byte) push {
		return push{name: name, body: body, status: http.StatusBadRequest, code: "body_malformed", rule: rule}
	}
	replaced := func(old, fresh string) []byte { return bytes.Replace(good, []byte(old), []byte(fresh), 1) }
	return []push{
		{name: "more than two megabytes", body: make([]byte, 2<<20+1), status: http.StatusRequestEntityTooLarge, code: "body_too_large"},
		malformed("two megabytes of nothing", "syntax", bytes.Repeat([]byte("x"), 2<<20)),
		malformed("a member twice", "duplicate_member", replaced(`"revision":6`, `"revision":6,"revision":6`)),
		malformed("a nested member twice", "duplicate_member", replaced(`"mode":`, `"mode":"online","mode":`)),
		malformed("bytes that are no UTF-8", "utf8", replaced("样例", "\xe6\xa0")),
		malformed("half a character", "lone_surrogate", replaced("样例", `\ud842`)),
		malformed("a NUL", "nul_character", replaced("样例", `\u0000`)),
		malformed("two documents", "trailing_data", append(bytes.Clone(good), good...)),
	}
}

// badContent is a document of ours that no person could be shown, or that does
// not fit to what stands.
func badContent(t *testing.T, good []byte) []push {
	t.Helper()
	refused := func(name, code, rule, at string, change func(c, header, item, signer members)) push {
		status := http.StatusUnprocessableEntity
		if code == "case_revision_conflict" {
			status = http.StatusConflict
		}
		return push{name: name, body: changed(t, good, change), status: status, code: code, rule: rule, at: at}
	}
	content := func(name, rule, at string, change func(c, header, item, signer members)) push {
		return refused(name, "content_invalid", rule, at, change)
	}
	values := func(name, rule, at string, change func(c, header, item, signer members)) push {
		return refused(name, "values_invalid", rule, at, change)
	}
	return []push{
		values("a number as a value", "type", "/items/0/value", func(_, _, item, _ members) { item["value"] = 1000000 }),
		values("a boolean as a label", "type", "/items/0/label", func(_, _, item, _ members) { item["label"] = true }),
		values("an object as a value", "type", "/items/0/value", func(_, _, item, _ members) { item["value"] = members{} }),
		values("a revision in text", "type", "/revision", func(c, _, _, _ members) { c["revision"] = "6" }),
		values("a revision of none", "minimum", "/revision", func(c, _, _, _ members) { c["revision"] = 0 }),
		values("an unknown member", "unknown_member", "", func(c, _, _, _ members) { c["callback_"+sentinel] = "x" }),
		values("an unknown member of an item", "unknown_member", "/items/0", func(_, _, item, _ members) { item["html"] = "x" }),
		values("a member that wantError", "required", "/header", func(c, _, _, _ members) { delete(c, "header") }),
		content("a document that is none", "number_checksum", "/signers/0/document/number", func(_, _, _, signer members) {
			signer["document"] = members{"type": "resident_id", "number": "110105194912310021", "name": "张三"}
		}),
		content("another direction in the enterprise's name", "text_bidi", "/header/enterprise_name", func(_, header, _, _ members) {
			header["enterprise_name"] = "样例\u202e" + sentinel
		}),
		content("another direction in a value", "text_bidi", "/items/0/value", func(_, _, item, _ members) { item["value"] = "一\u2067二" }),
		content("another direction in a role", "text_bidi", "/signers/0/role", func(_, _, _, signer members) { signer["role"] = "股\u200f东" }),
		content("a control character", "text_control", "/items/0/value", func(_, _, item, _ members) { item["value"] = "一\u001b[2J" }),
		content("a line break in a label", "text_control", "/items/0/label", func(_, _, item, _ members) { item["label"] = "一\n二" }),
		content("markup", "text_markup", "/items/0/value", func(_, _, item, _ members) { item["value"] = "<b>" + sentinel + "</b>" }),
		content("markup by references", "text_markup", "/items/0/value", func(_, _, item, _ members) { item["value"] = "&lt;b&gt;" }),
		content("a character that shows nothing", "text_character", "/header/enterprise_name", func(_, header, _, _ members) {
			header["enterprise_name"] = "样\u200b例"
		}),
		content("a tower of marks", "text_marks", "/items/0/value", func(_, _, item, _ members) {
			item["value"] = "a" + strings.Repeat("\u0301", 190)
		}),
		content("nothing to see", "text_empty", "/items/0/value", func(_, _, item, _ members) { item["value"] = " " }),
		content("a value without end", "text_length", "/items/0/value", func(_, _, item, _ members) { item["value"] = strings.Repeat("字", 2001) }),
		content("a business that is none", "business_kind", "/header/business_kind", func(_, header, _, _ members) { header["business_kind"] = sentinel }),
		content("a date that is none", "date_format", "/header/applied_on", func(_, header, _, _ members) { header["applied_on"] = "2026-02-30" }),
		content("nobody to answer", "no_signer", "/signers", func(c, _, _, _ members) { c["signers"] = []any{} }),
		content("a signer twice", "signer_id_twice", "/signers/1/signer_id", func(_, _, _, signer members) { signer["signer_id"] = "S9" }),
		content("a signer's id that is none", "id", "/signers/0/signer_id", func(_, _, _, signer members) { signer["signer_id"] = "S 1" }),
		refused("a lower revision", "case_revision_conflict", "", "", func(c, _, _, _ members) { c["revision"] = 4 }),
		refused("the same revision with other content", "case_revision_conflict", "", "", func(c, _, item, _ members) {
			c["revision"], item["value"] = 5, "另一内容"
		}),
	}
}

// changed returns a case with a change to it, its header, first item or first signer.
func changed(t *testing.T, good []byte, change func(c, header, item, signer members)) []byte {
	t.Helper()
	var c members
	if err := json.Unmarshal(good, &c); err != nil {
		t.Fatal(err)
	}
	first := func(name string) members {
		entries, _ := c[name].([]any)
		entry, _ := entries[0].(map[string]any)
		return entry
	}
	header, _ := c["header"].(map[string]any)
	change(c, header, first("items"), first("signers"))
	body, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
