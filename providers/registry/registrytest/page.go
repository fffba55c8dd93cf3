package registrytest

import (
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"renzheng/identity"
	"renzheng/providers/fakes"
	"renzheng/receipt"
	"renzheng/todo"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText)) //nolint:gochecknoglobals // parsed once, never changed

// page is what the template shows.
type page struct {
	Name     string
	ID       string
	Cases    []pageCase // the one that was told of last comes first
	Refusals []Refusal
}

type pageCase struct {
	ID     string
	Events []pageEvent
}

type pageEvent struct {
	Record
	Kind        string // in words
	At          string // Beijing time
	Receipt     *receipt.Statement
	Content     *todo.Content // as it was shown; nil = unknown
	Portrait    template.URL  // data: image, "" = none
	Handwriting template.URL
}

func (g *Registry) servePage(w http.ResponseWriter, _ *http.Request) {
	p := page{Name: g.options.Name, ID: g.options.ID, Refusals: g.Refusals()}
	slices.Reverse(p.Refusals)
	records := g.Records()
	slices.Reverse(records)
	for _, record := range records {
		at := slices.IndexFunc(p.Cases, func(c pageCase) bool { return c.ID == record.Event.Data.CaseID })
		if at < 0 {
			at = len(p.Cases)
			p.Cases = append(p.Cases, pageCase{ID: record.Event.Data.CaseID})
		}
		p.Cases[at].Events = append(p.Cases[at].Events, g.pageEvent(record))
	}
	fakes.ShowPage(w, http.StatusOK, pageTemplate, p)
}

func (g *Registry) pageEvent(record Record) pageEvent {
	e := pageEvent{
		Record: record, Kind: inWords(record.Event.Type),
		At: record.Event.Timestamp.In(identity.Beijing()).Format("2006-01-02 15:04:05"),
	}
	if answers(record.Event.Type) {
		g.mu.Lock()
		keys := g.keys
		g.mu.Unlock()
		if report, err := receipt.Verify([]byte(record.Event.Data.Receipt), keys); err == nil {
			e.Receipt = &report.Statement
		}
	}
	if record.Evidence != nil {
		var content todo.Content
		if isOpen, err := record.Evidence.Value(receipt.DomainContent, &content); isOpen && err == nil {
			e.Content = &content
		}
		e.Portrait, e.Handwriting = dataURL(record.Evidence.Portrait), dataURL(record.Evidence.Handwriting)
	}
	return e
}

// dataURL returns the address of a picture that the page contains, or "" for other data.
func dataURL(picture []byte) template.URL {
	kind := http.DetectContentType(picture)
	if !strings.HasPrefix(kind, "image/") {
		return ""
	}
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(picture))
}

func inWords(kind todo.EventType) string {
	switch kind {
	case todo.EventConfirmed:
		return "已确认 Confirmed"
	case todo.EventDeclined:
		return "已拒绝 Refused"
	case todo.EventDoneAtWindow:
		return "已在窗口办理 Done at the window"
	case todo.EventExpired:
		return "已逾期 Expired"
	case todo.EventSuperseded:
		return "已更新 Superseded"
	case todo.EventNameMismatch:
		return "姓名不符 Name differs"
	case todo.EventViewed:
		return "已查看 Viewed"
	case todo.EventVerified:
		return "已核验 Verified"
	case todo.EventPortraitExpiring:
		return "照片即将删除 Portrait expiring"
	case todo.EventErased:
		return "签署人信息已删除 Signer erased"
	case todo.EventFrozen:
		return "签署人已冻结号码 Signer frozen"
	case todo.EventUnfrozen:
		return "签署人已解除冻结 Signer unfrozen"
	case todo.EventReported:
		return "“不是我办的”报告 Impersonation reported"
	default:
		return string(kind)
	}
}
