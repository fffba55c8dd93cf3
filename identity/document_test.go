package identity_test

import (
	"testing"

	"renzheng/identity"
)

func TestParseDocument(t *testing.T) {
	t.Parallel()
	got := document(t, identity.ResidentID, "11010519491231002x", "张 三")
	if got.Number.Reveal() != "11010519491231002X" || got.Name.Reveal() != "张三" || got.Type != identity.ResidentID {
		t.Errorf("got another document: %v", got)
	}
	_, err := identity.ParseDocument(identity.ResidentID, "1", "张三")
	wantRule(t, err, identity.FieldNumber, identity.RuleNumberLength)
	_, err = identity.ParseDocument(identity.ResidentID, "11010519491231002X", "")
	wantRule(t, err, identity.FieldName, identity.RuleNameEmpty)
	_, err = identity.ParseDocument("", "11010519491231002X", "张三")
	wantRule(t, err, identity.FieldType, identity.RuleTypeUnknown)
}

func TestDocumentType_Valid(t *testing.T) {
	t.Parallel()
	all := identity.DocumentTypes()
	if len(all) != 7 {
		t.Errorf("got %d types, want 7", len(all))
	}
	for _, kind := range all {
		if !kind.Valid() {
			t.Errorf("got %s not valid", kind)
		}
	}
	all[0] = "changed"
	if identity.DocumentTypes()[0] != identity.ResidentID {
		t.Errorf("got the list changed by a caller")
	}
}

func TestDocument_BirthDate(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		kind   identity.DocumentType
		number string
		want   string // "" where the number carries none
	}{
		{"a resident ID", identity.ResidentID, "11010519491231002X", "1949-12-31"},
		{"a residence permit of Macau", identity.HKMacauResidencePermit, "820000199001010010", "1990-01-01"},
		{"a residence permit of Taiwan", identity.TaiwanResidencePermit, "830000199001010012", "1990-01-01"},
		{"a permanent resident's card of the new form", identity.ForeignPermanentResident, citizen("91184019850714001"), "1985-07-14"},
		{"a permanent resident's card of the old form", identity.ForeignPermanentResident, "USA110085071400", ""},
		{"a passport", identity.Passport, "EA1234567", ""},
		{"a travel permit", identity.HKMacauPermit, "H12345678", ""},
		{"a Taiwan permit", identity.TaiwanPermit, "12345678", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, known := document(t, tc.kind, tc.number, "张三").BirthDate()
			if got.String() != tc.want || known != (tc.want != "") {
				t.Errorf("got %s, %t, want %s", got, known, tc.want)
			}
		})
	}
	if _, known := (identity.Document{}).BirthDate(); known {
		t.Errorf("got a birth date from the zero value")
	}
}

func TestDocument_BornAfter(t *testing.T) {
	t.Parallel()
	newborn := document(t, identity.ResidentID, citizen("11010520260615001"), "张三")
	if !newborn.BornAfter(moment(t, "2026-06-14T15:59:59Z")) {
		t.Errorf("got a birth of tomorrow taken for one that has come")
	}
	if newborn.BornAfter(moment(t, "2026-06-14T16:00:00Z")) {
		t.Errorf("got a birth of today taken for one to come")
	}
	if document(t, identity.Passport, "EA1234567", "张三").BornAfter(moment(t, "1900-01-01T00:00:00Z")) {
		t.Errorf("got a birth out of a number that carries none")
	}
}

func TestDocument_Same(t *testing.T) {
	t.Parallel()
	base := document(t, identity.TaiwanPermit, "1234567801", "买买提·吐尔逊")
	dated, err := base.WithValidity("2020-01-01", "2025-01-01")
	if err != nil {
		t.Fatalf("setting the validity: %v", err)
	}
	cases := []struct {
		name  string
		other identity.Document
		same  bool
	}{
		{"spelled in another way", document(t, identity.TaiwanPermit, " 1234567801", "买买提•吐尔逊"), true},
		{"with its validity known", dated, true},
		{"issued once more", document(t, identity.TaiwanPermit, "1234567802", "买买提·吐尔逊"), true},
		{"issued since 2008", document(t, identity.TaiwanPermit, "12345678", "买买提·吐尔逊"), true},
		{"of another number", document(t, identity.TaiwanPermit, "1234567901", "买买提·吐尔逊"), false},
		{"of another name", document(t, identity.TaiwanPermit, "1234567801", "买买提"), false},
		{"of another type", identity.Document{Type: identity.Passport, Number: base.Number, Name: base.Name}, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := base.Same(tc.other); got != tc.same {
				t.Errorf("got %t, want %t", got, tc.same)
			}
		})
	}
}

func TestDocument_WithValidity(t *testing.T) {
	t.Parallel()
	base := document(t, identity.ResidentID, "11010519491231002X", "张三")
	got, err := base.WithValidity("2010-05-01", "2030-05-01")
	if err != nil || got.ValidFrom != date(t, "2010-05-01") || got.ValidUntil != date(t, "2030-05-01") || got.LongTerm {
		t.Errorf("got %s to %s, long-term %t, %v", got.ValidFrom, got.ValidUntil, got.LongTerm, err)
	}
	got, err = got.WithValidity("2010-05-01", "长期")
	if err != nil || got.ValidFrom.IsZero() || !got.ValidUntil.IsZero() || !got.LongTerm {
		t.Errorf("got %s to %s, long-term %t, %v", got.ValidFrom, got.ValidUntil, got.LongTerm, err)
	}
	got, err = got.WithValidity("", "")
	if err != nil || got != base {
		t.Errorf("got %s to %s, long-term %t, %v, want none", got.ValidFrom, got.ValidUntil, got.LongTerm, err)
	}
	for _, span := range [][2]string{
		{"2010-05-01", ""},
		{"", "2030-05-01"},
		{"", "长期"},
		{"2010-05-01", "2010-05-01"},
		{"2030-05-01", "2010-05-01"},
		{"2010-02-30", "2030-05-01"},
		{"2010-05-01", "00000000"},
	} {
		_, err := base.WithValidity(span[0], span[1])
		wantRule(t, err, identity.FieldValidity, identity.RuleValidity)
	}
}

func document(t *testing.T, kind identity.DocumentType, number, name string) identity.Document {
	t.Helper()
	parsed, err := identity.ParseDocument(kind, number, name)
	if err != nil {
		t.Fatalf("parsing a document: %v", err)
	}
	return parsed
}
