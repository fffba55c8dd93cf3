package ledger

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// columns are the head of a table, as people read it.
func columns() []string {
	return []string{
		"sequence 序号", "at 时间", "kind 事项", "office 机构", "member 经办人", "reference 对象", "reason 原因", "corrects 更正", "digest 摘要", "id 编号", "hash 哈希",
	}
}

func (e Entry) cells() []string {
	corrects := ""
	if e.Corrects > 0 {
		corrects = strconv.FormatInt(e.Corrects, 10)
	}
	cells := []string{
		strconv.FormatInt(e.Sequence, 10), e.At.Format("2006-01-02T15:04:05.000Z07:00"), string(e.Kind), e.Office, e.Member, e.Reference, e.Reason,
		corrects, e.Digest, e.ID, e.Hash,
	}
	for i, cell := range cells {
		cells[i] = plainCell(cell)
	}
	return cells
}

// plainCell returns a text that no spreadsheet takes for a formula. A digest may begin with a minus.
func plainCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n|%", rune(text[0])) {
		return "'" + text
	}
	return text
}

// byteOrderMark makes Excel read a CSV file as UTF-8.
const byteOrderMark = "\uFEFF"

// WriteCSV writes a table of entries, which each calls in order.
func WriteCSV(to io.Writer, each func(yield func(Entry) error) error) error {
	if _, err := io.WriteString(to, byteOrderMark); err != nil {
		return fmt.Errorf("writing a table: %w", err)
	}
	table := csv.NewWriter(to)
	table.UseCRLF = true // RFC 4180
	if err := table.Write(columns()); err != nil {
		return fmt.Errorf("writing a table: %w", err)
	}
	if err := each(func(e Entry) error { return table.Write(e.cells()) }); err != nil {
		return err
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return fmt.Errorf("writing a table: %w", err)
	}
	return nil
}

const sheetName = "台账"

// MaxSheet is how many entries a sheet of XLSX takes, below the row of its columns.
const MaxSheet = excelize.TotalRows - 1

// WriteXLSX writes a workbook of entries, which each calls in order. All cells are texts, and none is a formula.
func WriteXLSX(to io.Writer, each func(yield func(Entry) error) error) error {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }() // temporary files; what was written is in to
	if err := writeSheet(book, each); err != nil {
		return err
	}
	if err := book.Write(to); err != nil {
		return fmt.Errorf("writing a workbook: %w", err)
	}
	return nil
}

func writeSheet(book *excelize.File, each func(yield func(Entry) error) error) error {
	if err := book.SetSheetName("Sheet1", sheetName); err != nil {
		return fmt.Errorf("naming a sheet: %w", err)
	}
	sheet, err := book.NewStreamWriter(sheetName)
	if err != nil {
		return fmt.Errorf("beginning a sheet: %w", err)
	}
	row := 0
	add := func(cells []string) error {
		row++
		values := make([]any, len(cells))
		for i, cell := range cells {
			values[i] = cell
		}
		if setErr := sheet.SetRow("A"+strconv.Itoa(row), values); setErr != nil {
			return fmt.Errorf("writing row %d: %w", row, setErr)
		}
		return nil
	}
	if err = add(columns()); err != nil {
		return err
	}
	if err = each(func(e Entry) error { return add(e.cells()) }); err != nil {
		return err
	}
	if err = sheet.Flush(); err != nil {
		return fmt.Errorf("ending a sheet: %w", err)
	}
	return nil
}
