package console

import (
	"bytes"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"renzheng/identity"
	"renzheng/ledger"
	"renzheng/random"
	"renzheng/staff"
)

func (c *Console) ledgerRoutes() []route {
	if c.deps.Ledger == nil {
		return nil
	}
	readers := []staff.Role{staff.Supervisor, staff.Auditor}
	return []route{
		{id: "ledger", method: http.MethodGet, path: "/ledger", roles: readers, nav: true, act: (*call).ledger},
		{id: "export_ledger", method: http.MethodGet, path: "/ledger/export", roles: readers, act: (*call).exportLedger},
		{id: "correct_entry", method: http.MethodPost, path: "/ledger/corrections", roles: readers[:1], office: true, creates: "led_", act: (*call).correctEntry},
	}
}

const ledgerPage = 50 // entries

// ledgerData is the data of the page.
type ledgerData struct {
	Entries  []ledger.Entry
	Filter   map[string]string // the query parameters
	Head     string            // sequence number and hash of the last entry
	Next     string            // address of the next page; "" on the last one
	Exports  []export          // of what the filter finds
	Corrects bool              // the member may correct entries
	Reasons  []string
	Kinds    []ledger.Kind // that can be chosen
	Gaps     string        // key of why numbers may be missing
}

// export is a file that can be had.
type export struct{ Name, Address string }

func exports(query url.Values) []export {
	address := func(format string) string {
		q := maps.Clone(query)
		q.Set("format", format)
		return "/ledger/export?" + q.Encode()
	}
	return []export{{"CSV", address("csv")}, {"XLSX", address("xlsx")}}
}

// filter returns the filter of the query, limited to the office of a supervisor. Both days are included.
func (c *call) filter() ledger.Filter {
	f := ledger.Filter{
		Kind: ledger.Kind(c.query("kind")), Office: c.query("office"), Member: c.query("member"), Reference: c.query("reference"),
		From: beijingDate(c.query("from")), Until: beijingDate(c.query("until")),
	}
	if !f.Until.IsZero() {
		f.Until = f.Until.AddDate(0, 0, 1)
	}
	if !c.member().Has(staff.Auditor) {
		f.Office = c.member().Office
	}
	return f
}

// beijingDate returns the beginning of a day in Beijing, written as 2026-12-25. It returns the zero time for anything else.
func beijingDate(text string) time.Time {
	at, err := time.ParseInLocation(time.DateOnly, text, identity.Beijing())
	if err != nil {
		return time.Time{}
	}
	return at
}

func (c *call) ledger() (answer, error) {
	if err := c.requireLedgerOffice(); err != nil {
		return nil, err
	}
	after, _ := strconv.ParseInt(c.query("after"), 10, 64)
	found, err := c.console.deps.Ledger.LedgerEntries(c.ctx(), c.filter(), after, ledgerPage)
	if err != nil {
		return nil, err
	}
	head, err := c.console.deps.Ledger.LedgerHead(c.ctx())
	if err != nil {
		return nil, err
	}
	query := c.request().URL.Query()
	query.Del("after")
	query.Del("done")
	d := ledgerData{
		Entries: found, Head: strconv.FormatInt(head.Sequence, 10) + ":" + head.Hash, Filter: map[string]string{}, Reasons: ledger.CorrectionReasons(),
		Corrects: c.member().Has(staff.Supervisor) && c.member().Office != "", Exports: exports(query),
	}
	d.Kinds, d.Gaps = ledgerKinds(), "ledger.gaps"
	if c.member().Has(staff.Auditor) {
		d.Gaps = "ledger.gaps_search"
	}
	for name := range query {
		d.Filter[name] = query.Get(name)
	}
	if len(found) == ledgerPage {
		query.Set("after", strconv.FormatInt(found[len(found)-1].Sequence, 10))
		d.Next = "/ledger?" + query.Encode()
	}
	return page{name: "ledger", data: d}, nil
}

// requireLedgerOffice returns errForbidden for a supervisor without an office, because they see only the entries of their office.
func (c *call) requireLedgerOffice() error {
	if !c.member().Has(staff.Auditor) && c.member().Office == "" {
		return errForbidden
	}
	return nil
}

func (c *call) exportLedger() (answer, error) {
	if err := c.requireLedgerOffice(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	write, f := ledger.WriteCSV, download{name: "ledger.csv", mediaType: "text/csv; charset=utf-8"}
	if c.query("format") == "xlsx" {
		write, f = ledger.WriteXLSX, download{name: "ledger.xlsx", mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
	}
	err := write(&out, ledger.Each(c.ctx(), c.console.deps.Ledger, c.filter()))
	f.content = out.Bytes()
	return f, err
}

// correctEntry appends an entry that corrects one of the supervisor's own office.
func (c *call) correctEntry() (answer, error) {
	sequence, err := strconv.ParseInt(c.form("sequence"), 10, 64)
	if err != nil || sequence < 1 || !ledger.IsCorrectionReason(c.form("reason")) {
		return nil, errNotFound
	}
	m := c.member()
	found, err := c.console.deps.Ledger.LedgerEntries(c.ctx(), ledger.Filter{Office: m.Office}, sequence-1, 1)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 || found[0].Sequence != sequence {
		return nil, errNotFound
	}
	draft, err := c.ledgerDraft(ledger.KindCorrection, found[0].Reference, c.form("reason"))
	if err != nil {
		return nil, err
	}
	draft.ID, draft.Corrects = c.created, sequence
	if _, err = c.console.deps.Ledger.Record(c.ctx(), draft); !isCreated(err) {
		return nil, err
	}
	return redirect("/ledger?done=entry_corrected"), nil
}

// ledgerDraft begins the entry of an act of the member.
func (c *call) ledgerDraft(kind ledger.Kind, reference, reason string) (ledger.Draft, error) {
	id, err := random.ID(c.console.deps.Rand, "led_")
	m := c.member()
	return ledger.Draft{ID: id, At: c.console.deps.Clock(), Kind: kind, Office: m.Office, Member: m.ID, Reference: reference, Reason: reason}, err
}
