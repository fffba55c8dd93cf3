package datamap

import (
	_ "embed" // the files
	"fmt"
	"maps"
	"slices"
	"strings"

	"renzheng/strictjson"
)

//go:embed data.json
var dataFile []byte

//go:embed tables.json
var tablesFile []byte

//go:embed activities.json
var activitiesFile []byte

//go:embed copy.json
var copyFile []byte

// Class is how much protection a datum needs.
type Class string

// Classes, in ascending order. Sensitive and Biometric are sensitive personal information as in PIPL article 28.
const (
	None       Class = "none"       // not personal
	Record     Class = "record"     // our ids, outcomes and times; identifies a person only together with other rows
	Identifier Class = "identifier" // identifies a person to a third party
	Secret     Class = "secret"     // grants access to something
	Sensitive  Class = "sensitive"  // identity, card or case of a person
	Biometric  Class = "biometric"  // face or handwriting
)

func classes() []Class { return []Class{None, Record, Identifier, Secret, Sensitive, Biometric} }

// encrypted reports whether values of the class must be stored encrypted.
func (c Class) encrypted() bool { return c == Secret || c == Sensitive || c == Biometric }

// Activity is a purpose for which personal data is processed. All members are required.
type Activity struct {
	Name       string `json:"name"`
	Title      string `json:"title"`
	Persons    string `json:"persons"` // whose data
	Source     string `json:"source"`
	Recipients string `json:"recipients"` // outside the operator
}

// Datum is one item of the data that is stored. All members but Harm are required.
type Datum struct {
	Name       string     `json:"name"`
	Activity   string     `json:"activity"` // name of an Activity
	Title      string     `json:"title"`
	Class      Class      `json:"class"`
	Purpose    string     `json:"purpose"`
	LegalBasis LegalBasis `json:"legal_basis"`
	Form       string     `json:"form"`
	Kept       string     `json:"kept"` // retention
	Readers    string     `json:"readers"`
	Erased     string     `json:"erased"` // how
	Harm       string     `json:"harm"`   // to the person if it is disclosed; "" up to class Record
}

// Column is a column of a table.
type Column struct {
	Table string
	Name  string
	Kind  Kind
	Datum string // name of a Datum
}

// Map is the data map.
type Map struct {
	Activities []Activity
	Data       []Datum
	Columns    []Column // sorted by table and name

	leftOut leftOut
}

type tableEntry struct {
	Datum   string            `json:"datum"` // of columns that do not name one
	Columns map[string]string `json:"columns"`
}

// Load reads the data map.
//
// Errors: an entry that is incomplete, contradicts itself or names what does not exist.
func Load() (Map, error) {
	m, err := read(activitiesFile, dataFile, tablesFile, copyFile)
	if err != nil {
		return Map{}, fmt.Errorf("reading the data map: %w", err)
	}
	return m, nil
}

func read(activities, data, tables, left []byte) (Map, error) {
	var m Map
	if err := strictjson.Decode(activities, &m.Activities); err != nil {
		return Map{}, err
	}
	if err := strictjson.Decode(data, &m.Data); err != nil {
		return Map{}, err
	}
	if err := strictjson.Decode(left, &m.leftOut); err != nil {
		return Map{}, err
	}
	var entries map[string]tableEntry
	if err := strictjson.Decode(tables, &entries); err != nil {
		return Map{}, err
	}
	for _, table := range slices.Sorted(maps.Keys(entries)) {
		entry := entries[table]
		for _, name := range slices.Sorted(maps.Keys(entry.Columns)) {
			kind, datum, ok := strings.Cut(entry.Columns[name], " ")
			if !ok {
				datum = entry.Datum
			}
			m.Columns = append(m.Columns, Column{Table: table, Name: name, Kind: Kind(kind), Datum: datum})
		}
	}
	return m, m.check()
}

// Datum returns the datum of a name.
func (m Map) Datum(name string) (Datum, bool) {
	i := slices.IndexFunc(m.Data, func(d Datum) bool { return d.Name == name })
	if i < 0 {
		return Datum{}, false
	}
	return m.Data[i], true
}

// Column returns the column of a table.
func (m Map) Column(table, name string) (Column, bool) {
	i := slices.IndexFunc(m.Columns, func(c Column) bool { return c.Table == table && c.Name == name })
	if i < 0 {
		return Column{}, false
	}
	return m.Columns[i], true
}
