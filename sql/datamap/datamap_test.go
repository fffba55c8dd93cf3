package datamap_test

import (
	"bytes"
	"strings"
	"testing"

	"renzheng/sql/datamap"
)

func TestKind_FitsItsOwnValuesOnly(t *testing.T) {
	t.Parallel()
	personal := []string{"张三", "ZHANG SAN", "440524198001010013", "44052419800101001X", "6222021234567890128", "沪A12345", "zhang@example.com"}
	for kind, fit := range map[datamap.Kind]string{
		"id": "ses_44d3d60d8316748821d3a9c9281b7cf3", "word": "bank_card", "phrase": "status 500", "number": "-1", "time": "1785000000000",
		"day": "2026-11-28", "digest": strings.Repeat("0f", 32), "receipt": "e30.e30.AA", "scope": "face|acc_1|sub_2", "scopes": `["face|acc_1"]`,
		"hash": strings.Repeat("\xff", 32), "sealed": strings.Repeat("\xff", 30), "picture": "\x89PNG",
	} {
		if !kind.Fits([]byte(fit)) || !kind.Fits(nil) {
			t.Errorf("%s does not fit %q or nothing", kind, fit)
		}
		for _, value := range personal {
			if kind.Fits([]byte(value)) {
				t.Errorf("%s fits %q", kind, value)
			}
		}
	}
	for _, value := range []string{"440524198001010013", "44052419800101001X", "13800138000", "张三", "ZHANG SAN"} {
		if datamap.Kind("name").Fits([]byte(value)) {
			t.Errorf("name fits %q", value)
		}
	}
	if datamap.Kind("unknown").Fits([]byte("1")) {
		t.Error("an unknown kind fits something")
	}
}

func TestRead_NamesEveryProblem(t *testing.T) {
	t.Parallel()
	const activity = `{"name":"a","title":"t","persons":"p","source":"s","recipients":"r"}`
	const datum = `{"name":"d","activity":"a","title":"d","class":"record","purpose":"p","legal_basis":"duty","form":"f","kept":"k","readers":"r","erased":"e"}`
	tables := func(column string) string { return `{"t":{"datum":"d","columns":{"c":"` + column + `"}}}` }
	for name, tt := range map[string]struct{ data, tables, want string }{
		"an unknown kind":        {`[` + datum + `]`, tables("blob"), `t.c has the unknown kind "blob"`},
		"an unknown datum":       {`[` + datum + `]`, tables("id other"), `t.c belongs to the unknown datum "other"`},
		"plain personal words":   {`[` + datum + `]`, tables("words"), "t.c has words of class record, which must be sealed"},
		"a datum without rows":   {`[` + datum + `]`, tables("id other"), "d has no column"},
		"the same datum twice":   {`[` + datum + `,` + datum + `]`, tables("id"), "d is defined twice"},
		"an incomplete datum":    {strings.Replace(`[`+datum+`]`, `"kept":"k"`, `"kept":""`, 1), tables("id"), `"d" is incomplete`},
		"an unknown class":       {strings.Replace(`[`+datum+`]`, `"record"`, `"other"`, 1), tables("id"), `d has the unknown class "other"`},
		"an unknown legal basis": {strings.Replace(`[`+datum+`]`, `"duty"`, `"other"`, 1), tables("id"), `d has the unknown legal basis "other"`},
		"sensitive in plain":     {strings.Replace(strings.Replace(`[`+datum+`]`, `"record"`, `"sensitive"`, 1), `"erased"`, `"harm":"h","erased"`, 1), tables("id"), "d is of class sensitive but has no sealed column"},
		"a record with a harm":   {strings.Replace(`[`+datum+`]`, `"erased"`, `"harm":"h","erased"`, 1), tables("id"), "d must have a harm if its class is above record, and none otherwise"},
		"an unknown activity":    {strings.Replace(`[`+datum+`]`, `"activity":"a"`, `"activity":"b"`, 1), tables("id"), `d belongs to the unknown activity "b"`},
		"an activity unused":     {strings.Replace(`[`+datum+`]`, `"activity":"a"`, `"activity":"b"`, 1), tables("id"), "activity a has no data"},
		"an unknown member":      {strings.Replace(`[`+datum+`]`, `"kept"`, `"more":1,"kept"`, 1), tables("id"), ""},
		"a table twice":          {`[` + datum + `]`, `{"t":{"datum":"d","columns":{}},"t":{"datum":"d","columns":{}}}`, ""},
	} {
		_, err := datamap.Read([]byte(`[`+activity+`]`), []byte(tt.data), []byte(tt.tables), []byte(`{}`))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", name, err, tt.want)
		}
	}
	if _, err := datamap.Read([]byte(`[`+activity+`]`), []byte(`[`+datum+`]`), []byte(tables("id")), []byte(`{}`)); err != nil {
		t.Errorf("a good map: %v", err)
	}
}

func TestRead_KnowsWhatACopyLeavesOut(t *testing.T) {
	t.Parallel()
	for name, left := range map[string]string{
		"kind": `{"kinds":{"blob":"r"}}`, "datum": `{"data":{"other":"r"}}`, "column": `{"columns":{"sessions.other":"r"}}`,
	} {
		if _, err := datamap.Read(datamap.ActivitiesFile, datamap.DataFile, datamap.TablesFile, []byte(left)); err == nil || !strings.Contains(err.Error(), "unknown "+name) {
			t.Errorf("got %v, want an unknown %s", err, name)
		}
	}
	m, err := datamap.Load()
	if err != nil {
		t.Fatal(err)
	}
	for column, copied := range map[string]bool{"token_hash": false, "tag": false, "created_at": true} {
		if c, _ := m.Column("sessions", column); (m.LeftOut(c) == "") != copied {
			t.Errorf("%s is left out with the reason %q, want %t", column, m.LeftOut(c), !copied)
		}
	}
}

func TestWritePrivacy_ListsEveryDatumAndColumn(t *testing.T) {
	t.Parallel()
	m, err := datamap.Load()
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	if err := m.WritePrivacy(&page); err != nil {
		t.Fatal(err)
	}
	for _, d := range m.Data {
		if !strings.Contains(page.String(), "| "+d.Title+" |") {
			t.Errorf("the page lacks %s", d.Name)
		}
	}
	for _, c := range m.Columns {
		if !strings.Contains(page.String(), "`"+c.Name+"`") {
			t.Errorf("the page lacks %s.%s", c.Table, c.Name)
		}
	}
}
