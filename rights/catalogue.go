package rights

import (
	_ "embed" // the texts
	"errors"
	"fmt"
	"slices"

	"renzheng/identity"
	"renzheng/strictjson"
)

//go:embed texts.json
var textsJSON []byte

// Holding is one kind of thing that is stored about a person.
type Holding struct {
	Code      string        `json:"code"`
	Data      []string      `json:"data"`       // names of its data in the data map
	Basis     string        `json:"basis"`      // consent, duty, proof or security
	OnErasure string        `json:"on_erasure"` // "erased", or the code of the ground by which some of it stays
	Title     identity.Text `json:"title"`
	Purpose   identity.Text `json:"purpose"`
	Kept      identity.Text `json:"kept"` // until when
}

// Erased is the OnErasure of a Holding that an erasure deletes completely.
const Erased = "erased"

// Ground is why something may not be erased yet.
type Ground struct {
	Code   GroundCode    `json:"code"`
	Title  identity.Text `json:"title"`
	Reason identity.Text `json:"reason"`
	Law    identity.Text `json:"law"`
}

// GroundCode names a ground.
type GroundCode string

// The grounds.
const (
	OpenTodo   GroundCode = "open_todo"  // until the todo ends
	Answer     GroundCode = "answer"     // the registry's period of evidence
	Undecided  GroundCode = "undecided"  // a provider has yet to decide an attempt (R63)
	LegalHold  GroundCode = "legal_hold" // until it is lifted
	Frozen     GroundCode = "freeze"     // until the person lifts it
	Barred     GroundCode = "bar"        // until it ends
	Proof      GroundCode = "proof"      // ids and times of consents, accesses and the erasure
	Tries      GroundCode = "tries"      // used tries count until their window ends
	Missed     GroundCode = "missed"     // missed appointments count until their window ends
	Repetition GroundCode = "repetition" // encrypted answers to repeated calls
)

// AccessTexts describe the only role that reads what is stored about persons.
type AccessTexts struct {
	Role    identity.Text `json:"role"`
	Purpose identity.Text `json:"purpose"`
}

// Texts is what the program tells persons about their data.
type Texts struct {
	Holdings []Holding                `json:"holdings"`
	Grounds  []Ground                 `json:"grounds"`
	Bases    map[string]identity.Text `json:"bases"`
	Access   AccessTexts              `json:"access"`
}

// catalogue is checked when the program starts.
var catalogue = mustLoad(textsJSON) //nolint:gochecknoglobals // read-only, loaded once

// Catalogue returns all holdings and grounds. It is read-only.
func Catalogue() Texts { return catalogue }

// Ground returns the ground of a code, and false for an unknown code.
func (t Texts) Ground(code GroundCode) (Ground, bool) {
	i := slices.IndexFunc(t.Grounds, func(g Ground) bool { return g.Code == code })
	if i < 0 {
		return Ground{}, false
	}
	return t.Grounds[i], true
}

func mustLoad(raw []byte) Texts {
	texts, err := load(raw)
	if err != nil {
		panic("rights: " + err.Error())
	}
	return texts
}

// load reports every text that is missing in some language, and every name that does not exist.
func load(raw []byte) (Texts, error) {
	var t Texts
	if err := strictjson.Decode(raw, &t); err != nil {
		return Texts{}, fmt.Errorf("reading the texts of rights: %w", err)
	}
	problems := []error{complete(t.Access.Role, "role of an access"), complete(t.Access.Purpose, "purpose of an access")}
	for name, text := range t.Bases {
		problems = append(problems, complete(text, "basis "+name))
	}
	for _, code := range []GroundCode{OpenTodo, Answer, Undecided, LegalHold, Frozen, Barred, Proof, Tries, Missed, Repetition} {
		g, _ := t.Ground(code)
		problems = append(problems, complete(g.Title, "title of "+string(code)), complete(g.Reason, "reason of "+string(code)), complete(g.Law, "law of "+string(code)))
	}
	for _, h := range t.Holdings {
		problems = append(problems, t.check(h), complete(h.Title, "title of "+h.Code), complete(h.Purpose, "purpose of "+h.Code), complete(h.Kept, "period of "+h.Code))
	}
	return t, errors.Join(problems...)
}

func (t Texts) check(h Holding) error {
	_, isGround := t.Ground(GroundCode(h.OnErasure))
	_, isBasis := t.Bases[h.Basis]
	if h.OnErasure != Erased && !isGround || !isBasis || len(h.Data) == 0 {
		return fmt.Errorf("holding %s has no data, or an unknown basis or ground", h.Code)
	}
	return nil
}

func complete(text identity.Text, what string) error {
	if missing := text.Missing(); len(missing) > 0 {
		return fmt.Errorf("%s has no text in %v", what, missing)
	}
	return nil
}
