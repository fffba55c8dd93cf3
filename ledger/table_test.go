package ledger_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"renzheng/ledger"
)

// hostile returns entries as nobody can append them, to see that a table is safe by itself.
func hostile() []ledger.Entry {
	var found []ledger.Entry
	for i, text := range []string{"=1+1", "+1", "-2+3", "@SUM(A1)", "\tx", "|calc", "%0A", `=HYPERLINK("http://example.com","x")`} {
		found = append(found, ledger.Entry{Sequence: int64(i + 1), At: start(), Office: text, Digest: text, Hash: text})
	}
	return found
}

func each(found []ledger.Entry) func(func(ledger.Entry) error) error {
	return func(yield func(ledger.Entry) error) error {
		for _, e := range found {
			if err := yield(e); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestWriteCSV_HasNoFormulas(t *testing.T) {
	t.Parallel()
	var text bytes.Buffer
	if err := ledger.WriteCSV(&text, each(hostile())); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&text).ReadAll()
	if err != nil || len(rows) != len(hostile())+1 {
		t.Fatalf("got %d rows, %v", len(rows), err)
	}
	for _, row := range rows[1:] {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t|%") {
				t.Errorf("a spreadsheet calculates %q", cell)
			}
		}
	}
}

func TestWriteXLSX_HasNoFormulas(t *testing.T) {
	t.Parallel()
	var book bytes.Buffer
	if err := ledger.WriteXLSX(&book, each(hostile())); err != nil {
		t.Fatal(err)
	}
	opened, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	sheet := opened.GetSheetName(0)
	cells, err := opened.GetRows(sheet)
	if err != nil || len(cells) != len(hostile())+1 || !strings.Contains(cells[8][3], "HYPERLINK") {
		t.Fatalf("got %q, %v", cells, err)
	}
	for y, row := range cells {
		for x := range row {
			at, _ := excelize.CoordinatesToCellName(x+1, y+1)
			formula, _ := opened.GetCellFormula(sheet, at)
			kind, _ := opened.GetCellType(sheet, at)
			if formula != "" || kind != excelize.CellTypeInlineString && row[x] != "" {
				t.Errorf("%s is not a text: formula %q, kind %v", at, formula, kind)
			}
		}
	}
}
