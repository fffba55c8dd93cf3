package agency_test

import (
	"errors"
	"testing"

	"renzheng/identity"
	"renzheng/providers/agency"
	"renzheng/providers/agency/agencytest"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestClient_CheckDocument_SendsWhatIsKnown(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		kind                      identity.DocumentType
		number, name, from, until string
		want                      agencytest.Person
	}{
		"a passport of overseas Chinese": {
			identity.Passport, "e12345678", "林海", "2020-01-02", "2030-01-01",
			agencytest.Person{Type: "passport", Number: "E12345678", Name: "林海", ValidFrom: "2020-01-02", ValidUntil: "2030-01-01", Nationality: "CHN"},
		},
		"a permit without validity": {
			identity.HKMacauPermit, "H1234567801", "陈大文", "", "",
			agencytest.Person{Type: "hk_macau_permit", Number: "H12345678", Name: "陈大文"},
		},
		"a permanent resident of before 2023": {
			identity.ForeignPermanentResident, "USA110123456789", "JANE DOE", "2019-05-01", "长期",
			agencytest.Person{
				Type: "foreign_permanent_resident", Number: "USA110123456789", Name: "JANE DOE", ValidFrom: "2019-05-01",
				LongTerm: true, Nationality: "USA",
			},
		},
		"a residence permit": {
			identity.TaiwanResidencePermit, "830000199001010012", "王小明", "", "",
			agencytest.Person{Type: "taiwan_residence_permit", Number: "830000199001010012", Name: "王小明", BirthDate: "1990-01-01"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			document, err := identity.ParseDocument(c.kind, c.number, c.name)
			if err != nil {
				t.Fatal(err)
			}
			if document, err = document.WithValidity(c.from, c.until); err != nil {
				t.Fatal(err)
			}
			var got agencytest.Person
			_, address := serve(t, func(_ agencytest.Call, p agencytest.Person) agencytest.Fate {
				got = p
				return agencytest.Fate{}
			})
			query := verification.DocumentQuery{AttemptID: attemptID, Document: document}
			result, err := open(t, agency.Config{URL: address}).CheckDocument(t.Context(), query)
			if err != nil || result.Outcome != verification.OutcomePassed || result.RequestID == "" {
				t.Errorf("got %+v and error %v, want a pass with a reference", result, err)
			}
			if got != c.want {
				t.Errorf("received: got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestClient_CheckDocument_AnswersAsBefore(t *testing.T) {
	t.Parallel()
	result := "mismatch"
	_, address := serve(t, func(agencytest.Call, agencytest.Person) agencytest.Fate { return agencytest.Fate{Document: result} })
	client := open(t, agency.Config{URL: address})
	query := verification.DocumentQuery{AttemptID: attemptID, Document: passport(t)}
	first, firstErr := client.CheckDocument(t.Context(), query)
	result = "match"
	again, againErr := client.CheckDocument(t.Context(), query)
	if err := errors.Join(firstErr, againErr); err != nil || first.Failure != failure.IdentityNotConfirmed || again.Failure != first.Failure {
		t.Errorf("got %+v, then %+v and error %v, want one decision", first, again, err)
	}
	query.Document.Name = identity.Name{}
	if _, err := client.CheckDocument(t.Context(), query); !errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("no name: got %v, want nothing done", err)
	}
}

func TestClient_CheckDocument_Refusals(t *testing.T) {
	t.Parallel()
	query := verification.DocumentQuery{AttemptID: attemptID, Document: passport(t)}
	for code, nothing := range map[string]bool{
		"busy": true, "request_invalid": true, "conflict": true, "signature_stale": true, "internal": false, "never_heard": false,
	} {
		_, address := serve(t, fateOf(agencytest.Fate{Refusal: code}))
		_, err := open(t, agency.Config{URL: address}).CheckDocument(t.Context(), query)
		wantCode(t, code, err, code)
		if got := errors.Is(err, verification.ErrNothingDone); got != nothing {
			t.Errorf("%s: nothing done: got %t, want %t", code, got, nothing)
		}
	}
	_, address := serve(t, fateOf(agencytest.Fate{Refusal: "document_unsupported"}))
	got, err := open(t, agency.Config{URL: address}).CheckDocument(t.Context(), query)
	if err != nil || got.Failure != failure.RouteMissing {
		t.Errorf("a document the gateway does not know: got %+v and error %v, want no route", got, err)
	}
}
