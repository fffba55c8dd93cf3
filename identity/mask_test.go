package identity_test

import (
	"bytes"
	"encoding"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"renzheng/identity"
)

const (
	plainNumber = "11010519491231002X"
	plainPhone  = "18512340901"
	plainCard   = "6222021234567890128"
)

// person holds every personal type in each way that a renderer may meet one.
type person struct {
	Number   identity.Number
	Name     *identity.Name
	Phones   []identity.Phone
	Cards    map[string]identity.BankCard
	ByNumber map[identity.Number]string
	Any      any
	Document **identity.Document

	number identity.Number
	name   *identity.Name
	phone  [1]identity.Phone
	card   struct{ card identity.BankCard }
}

// secrets are parts of the plaintext that no mask shows, too long to turn up in
// an address by chance.
func secrets() []string {
	return []string{"1010519491231", "买买", "85123409", "622202123", "123456789"}
}

func newPerson(t *testing.T) person {
	t.Helper()
	doc, err := document(t, identity.ResidentID, plainNumber, "买买提•吐尔逊").WithValidity("2010-05-01", "长期")
	if err != nil {
		t.Fatalf("setting the validity: %v", err)
	}
	phone, err := identity.ParsePhone(plainPhone)
	if err != nil {
		t.Fatalf("parsing a phone: %v", err)
	}
	card, err := identity.ParseBankCard(plainCard)
	if err != nil {
		t.Fatalf("parsing a card: %v", err)
	}
	pointer := &doc
	p := person{
		Number: doc.Number, Name: &doc.Name, Phones: []identity.Phone{phone},
		Cards: map[string]identity.BankCard{"first": card}, ByNumber: map[identity.Number]string{doc.Number: "x"},
		Any: phone, Document: &pointer,
		number: doc.Number, name: &doc.Name, phone: [1]identity.Phone{phone},
	}
	p.card.card = card
	return p
}

// parts returns the exported fields of p, reached by reflection, and the values
// that they lead to.
func parts(p person) []any {
	all := []any{p, &p}
	value := reflect.ValueOf(p)
	for i := range value.NumField() {
		if !value.Type().Field(i).IsExported() {
			continue
		}
		field := value.Field(i)
		all = append(all, field.Interface())
		for field.Kind() == reflect.Pointer || field.Kind() == reflect.Interface {
			field = field.Elem()
			all = append(all, field.Interface())
		}
	}
	return append(all, p.Phones[0], p.Cards["first"])
}

func wantMasked(t *testing.T, how, got string) {
	t.Helper()
	for _, secret := range secrets() {
		if strings.Contains(got, secret) {
			t.Errorf("got %q by %s, which shows %q", got, how, secret)
		}
	}
}

func TestPersonal_MasksInFmt(t *testing.T) {
	t.Parallel()
	verbs := []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%t", "%c", "%U", "%e", "%p", "%w", "%z", "%30.20s", "%[2]v"}
	for _, part := range parts(newPerson(t)) {
		for _, verb := range verbs {
			// Not a constant format: vet would reject the wrong verbs.
			wantMasked(t, verb, fmt.Sprintf(verb, part))
		}
		wantMasked(t, "Sprint", fmt.Sprint(part))
		wantMasked(t, "Errorf", fmt.Errorf("refusing %v", part).Error())
	}
}

func TestPersonal_MasksInJSONAndXML(t *testing.T) {
	t.Parallel()
	for _, part := range parts(newPerson(t)) {
		got, err := json.Marshal(part)
		if err != nil {
			t.Fatalf("encoding %T: %v", part, err)
		}
		wantMasked(t, "JSON", string(got))
		if marked, err := xml.Marshal(part); err == nil {
			wantMasked(t, "XML", string(marked))
		}
	}
}

func TestPersonal_MasksInLogs(t *testing.T) {
	t.Parallel()
	for _, part := range parts(newPerson(t)) {
		var out bytes.Buffer
		for _, handler := range []slog.Handler{slog.NewJSONHandler(&out, nil), slog.NewTextHandler(&out, nil)} {
			slog.New(handler).With("bound", part).WithGroup("group").Info("person", "value", part)
		}
		wantMasked(t, "slog", out.String())
	}
}

func TestPersonal_MasksByEachMethod(t *testing.T) {
	t.Parallel()
	p := newPerson(t)
	for want, value := range map[string]any{
		"1****************X": p.Number, "******逊": *p.Name, "185****0901": p.Phones[0],
		"***************0128":                    p.Cards["first"],
		"resident_id 1****************X ******逊": **p.Document,
	} {
		got := map[string]string{}
		if v, ok := value.(fmt.Stringer); ok {
			got["String"] = v.String()
		}
		if v, ok := value.(slog.LogValuer); ok {
			got["LogValue"] = v.LogValue().String()
		}
		if v, ok := value.(encoding.TextMarshaler); ok {
			text, err := v.MarshalText()
			if err != nil {
				t.Fatalf("encoding as text: %v", err)
			}
			got["MarshalText"] = string(text)
		}
		if len(got) != 3 {
			t.Errorf("got %T with %d of 3 renderings", value, len(got))
		}
		if v, ok := value.(fmt.GoStringer); ok {
			got["GoString"] = v.GoString()
		}
		for method, text := range got {
			if text != want {
				t.Errorf("got %q from %s of %T, want %q", text, method, value, want)
			}
		}
	}
}

func TestDocument_KeepsItsValidityOut(t *testing.T) {
	t.Parallel()
	doc := **newPerson(t).Document
	var out bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewJSONHandler(&out, nil), slog.NewTextHandler(&out, nil)} {
		slog.New(handler).Info("document", "value", doc, "pointer", &doc)
	}
	encoded, err := json.Marshal(doc)
	if err != nil {
		t.Fatalf("encoding a document: %v", err)
	}
	got := out.String() + string(encoded) + fmt.Sprintf("%v %+v %#v %s %d", doc, &doc, doc, doc, doc)
	for _, date := range []string{"2010-05-01", "{2010", "2010,", "Year:"} {
		if strings.Contains(got, date) {
			t.Errorf("got %q, which shows the validity", got)
		}
	}
}

func TestPersonal_CannotBeDecoded(t *testing.T) {
	t.Parallel()
	for _, target := range []any{new(identity.Number), new(identity.Name), new(identity.Phone), new(identity.BankCard), new(identity.Document), new(identity.Secret), new(identity.ChannelUser)} {
		if err := json.Unmarshal([]byte(`"11010519491231002X"`), target); err == nil {
			t.Errorf("got %T decoded from JSON, want an error", target)
		}
		if _, ok := target.(encoding.TextUnmarshaler); ok {
			t.Errorf("got %T with a way in beside parsing", target)
		}
	}
}

func TestFieldError_NamesFieldAndRuleAlone(t *testing.T) {
	t.Parallel()
	_, err := identity.ParseDocument(identity.ResidentID, "110105194912310021", "张三")
	if want := "identity: number breaks number_checksum"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
