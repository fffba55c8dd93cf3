package receipt_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"renzheng/receipt"
)

// filed returns the evidence of a confirmation as a file, and the report on its receipt.
func filed(t *testing.T) (string, receipt.Report) {
	t.Helper()
	key := newKey(t)
	s, openings := confirmed(t)
	sealed, err := receipt.Seal(s, key)
	if err != nil {
		t.Fatal(err)
	}
	e := receipt.Evidence{Receipt: sealed, Openings: openings, Portrait: []byte("face"), Handwriting: []byte("hand")}
	file, err := e.Encode()
	if err != nil {
		t.Fatal(err)
	}
	report, err := receipt.Verify([]byte(sealed), published(t, key))
	if err != nil {
		t.Fatal(err)
	}
	return string(file), report
}

func TestReadEvidence_NamesTheMemberThatIsWrong(t *testing.T) {
	t.Parallel()
	file, report := filed(t)
	_, after, _ := strings.Cut(file, `"salt":"`)
	salt := `"salt":"` + after[:len(`",`)+43]
	for name, c := range map[string]struct{ old, fresh, want string }{
		"nothing in it":          {file, `{}`, "lacks the member openings"},
		"no JSON":                {file, `evidence`, "is not JSON"},
		"a list":                 {file, `[]`, "is of another shape"},
		"another receipt":        {`"receipt":"e`, `"receipt":"f`, "receipt is another one"},
		"no receipt":             {`,"receipt":"` + report.Receipt + `"`, ``, "lacks the member receipt"},
		"too many levels":        {file, `{"openings":` + strings.Repeat("[", 32) + strings.Repeat("]", 32) + `}`, "is nested too deeply"},
		"an unknown member":      {`{"hand`, `{"decision":"refused","hand`, "has a member decision that does not belong there"},
		"an unknown deep member": {`{"domain":"renzheng/case/1"`, `{"commitment":"x","domain":"renzheng/case/1"`, "openings/2/commitment that does not belong"},
		"a member twice":         {`"openings":[`, `"openings":[],"openings":[`, "has the member openings twice"},
		"a deep member twice":    {`"value":"c_1"`, `"value":"c_1","value":"c_1"`, "has the member openings/2/value twice"},
		"a member in capitals":   {`"receipt"`, `"Receipt"`, "Receipt that does not belong"},
		"a missing salt":         {salt, ``, "lacks the member openings/0/salt"},
		"a short salt":           {salt, salt[:len(salt)-3] + `",`, "openings/0/salt: a salt is 43 characters"},
		"a salt that is a list":  {salt, `"salt":[],`, "openings/0/salt of another shape"},
		"a picture without end":  {`"handwriting":"aGFuZA=="`, `"handwriting":"aGFuZA="`, "a member handwriting"},
		"spare bits of base64":   {`"handwriting":"aGFuZA=="`, `"handwriting":"aGFuZB=="`, "handwriting of another shape"},
		"a picture that is none": {`"portrait":"ZmFjZQ=="`, `"portrait":null`, "portrait that does not belong there"},
		"a space":                {`{"hand`, `{ "hand`, "is not written as RFC 8785 JSON"},
		"an escape":              {`"设立登记"`, `"\u8bbe立登记"`, "is not written as RFC 8785 JSON"},
		"another value":          {`"设立登记"`, `"变更登记"`, "openings/0: content_digest does not match"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			altered := strings.Replace(file, c.old, c.fresh, 1)
			if altered == file {
				t.Fatal("the file was not altered")
			}
			_, err := receipt.ReadEvidence([]byte(altered), report)
			if err == nil || !strings.Contains(err.Error(), c.want) || !errors.Is(err, receipt.ErrEvidence) && !errors.Is(err, receipt.ErrOpening) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
	if _, err := receipt.ReadEvidence([]byte(file), report); err != nil {
		t.Errorf("the cases prove nothing, the unchanged file is rejected: %v", err)
	}
}

func TestReadEvidence_WantsAnIntactReceipt(t *testing.T) {
	t.Parallel()
	file, report := filed(t)
	report.Intact = false
	if _, err := receipt.ReadEvidence([]byte(file), report); !errors.Is(err, receipt.ErrEvidence) {
		t.Errorf("got %v for a receipt that does not hold, want %v", err, receipt.ErrEvidence)
	}
	for size, want := range map[int]string{16<<20 + 1: "larger than 16 MiB", 16 << 20: "is not JSON"} {
		if _, err := receipt.ReadEvidence(bytes.Repeat([]byte(" "), size), report); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d bytes: got %v, want %q", size, err, want)
		}
	}
}

func TestEvidence_ReadsAValueStrictly(t *testing.T) {
	t.Parallel()
	file, report := filed(t)
	e, err := receipt.ReadEvidence([]byte(file), report)
	if err != nil {
		t.Fatal(err)
	}
	var signer struct {
		Name   string `json:"name"`
		Number string `json:"number"`
	}
	if isOpen, err := e.Value(receipt.DomainSigner, &signer); !isOpen || err != nil || signer.Name != "张三" {
		t.Errorf("got open %v, %v, %q", isOpen, err, signer.Name)
	}
	var less struct {
		Name string `json:"name"`
	}
	if isOpen, err := e.Value(receipt.DomainSigner, &less); !isOpen || !errors.Is(err, receipt.ErrEvidence) || !strings.Contains(err.Error(), "openings/1/value has a member number") {
		t.Errorf("got open %v, %v, want the member named that has no place", isOpen, err)
	}
	if isOpen, err := e.Value("elsewhere", &less); isOpen || err != nil {
		t.Errorf("got open %v, %v for a domain that is not there", isOpen, err)
	}
}
