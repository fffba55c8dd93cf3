package console_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"renzheng/console/consoletest"
)

// creating is a form that creates something.
type creating struct {
	member string
	action string // of the form
	values url.Values
	page   func(t *testing.T, h *hall, b *consoletest.Browser) *consoletest.Page // that has the form
	list   string                                                                // where what was created is listed
	id     string                                                                // how it is seen there, as an expression
}

func at(path string) func(*testing.T, *hall, *consoletest.Browser) *consoletest.Page {
	return func(_ *testing.T, _ *hall, b *consoletest.Browser) *consoletest.Page { return b.Open(path) }
}

// creatingForms returns the forms by their routes.
func creatingForms() map[string]creating {
	return map[string]creating{
		"open_visit": {member: "clerk", action: visits, page: at("/window"), list: "/window", id: `vis_[0-9a-f]{32}`},
		"escalate": {
			member: "clerk", values: url.Values{"kind": {"verify_phone"}, "note": {"收不到验证码"}}, list: "/escalations", id: `esc_[0-9a-f]{32}`,
			page: func(t *testing.T, h *hall, b *consoletest.Browser) *consoletest.Page {
				t.Helper()
				d := h.adult(t)
				return h.seen(b, typed(h.asked(t, d), d))
			},
		},
		"walk_in": {member: "clerk", action: "/queue/walk-ins", page: at("/queue"), list: "/queue", id: `que_[0-9a-f]{32}`},
		"call_next": {
			member: "clerk", action: "/queue/calls", values: url.Values{"desk": {"3"}}, list: "/queue", id: `id="called-que_[0-9a-f]{32}`,
			page: func(t *testing.T, h *hall, b *consoletest.Browser) *consoletest.Page {
				t.Helper()
				for range 3 {
					b.Open("/queue").Submit("/queue/walk-ins", nil)
				}
				return b.Open("/queue")
			},
		},
		"call_again": {
			member: "clerk", values: url.Values{"desk": {"3"}}, list: "/queue", id: `id="called-que_[0-9a-f]{32}`,
			page: func(t *testing.T, h *hall, b *consoletest.Browser) *consoletest.Page {
				t.Helper()
				b.Open("/queue").Submit("/queue/walk-ins", nil)
				called := b.Open("/queue").Submit("/queue/calls", url.Values{"desk": {"2"}})
				called.Submit(called.Path+"/end", url.Values{"outcome": {"absent"}})
				return b.Open(called.Path)
			},
		},
		"correct_entry": {
			member: "supervisor", action: "/ledger/corrections", values: url.Values{"sequence": {"1"}, "reason": {"other"}}, list: "/ledger?kind=ledger.correction",
			id: `<td class="number">([0-9]+)`,
			page: func(t *testing.T, h *hall, b *consoletest.Browser) *consoletest.Page {
				t.Helper()
				begin(h.SignedIn(t, "clerk"))
				return b.Open("/ledger")
			},
		},
		"place_hold": {
			member: "officer", action: "/holds", values: url.Values{"registry": {"beijing"}, "case": {"2026-0001"}, "ground": {"诉讼"}}, list: "/holds", id: `hld_[0-9a-f]{32}`,
			page: func(t *testing.T, h *hall, b *consoletest.Browser) *consoletest.Page {
				t.Helper()
				h.push(t, "2026-0001", 1, "壹佰万元", h.adult(t))
				return b.Open("/holds")
			},
		},
		"withhold": {
			member: "officer", action: "/withholdings", list: "/withholdings", id: `<code>s0</code>`,
			values: url.Values{"registry": {"beijing"}, "case": {"2026-0001"}, "signer": {"s0"}, "days": {"30"}, "ground": {"依《某法》第一条"}},
			page: func(t *testing.T, h *hall, b *consoletest.Browser) *consoletest.Page {
				t.Helper()
				d := h.adult(t)
				h.push(t, "2026-0001", 1, "壹佰万元", d)
				page := h.read(t, h.SignedIn(t, "clerk"), typed("2026-0001", d))
				page.Submit(strings.TrimSuffix(page.Path, "/todos")+"/answer", url.Values{"decision": {"done_at_window"}, "paper": {"12"}}).Want(http.StatusOK, "Done")
				return b.Open("/withholdings")
			},
		},
		"propose_bar": {
			member: "reviewer", action: "/bars", list: "/bars", id: `bar_[0-9a-f]{32}`,
			values: url.Values{"type": {"resident_id"}, "number": {"11010119900101901X"}, "again": {"11010119900101901X"}, "name": {"张三"}, "days": {"30"}, "reason": {"impersonation"}, "reference": {"2026-7"}},
			page:   at("/bars"),
		},
	}
}

// A double click, or the form sent again from the page before, shows what the first one created.
func TestForms_CreateOnce(t *testing.T) {
	t.Parallel()
	forms, all := creatingForms(), newHall(t)
	routes := 0
	for _, r := range all.Console.Routes() {
		if !r.Creates {
			continue
		}
		routes++
		f, ok := forms[r.ID]
		if !ok {
			t.Errorf("%s creates something, and no form is sent twice here", r.ID)
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			h := newHall(t)
			b := h.SignedIn(t, f.member)
			page := f.page(t, h, b)
			if f.action == "" {
				f.action = page.Path + "/" + strings.TrimPrefix(r.Path[strings.LastIndex(r.Path, "/"):], "/")
			}
			before := distinct(b.Open(f.list), f.id)
			first := page.Submit(f.action, f.values)
			second := page.Submit(f.action, f.values)
			if first.Status != http.StatusOK || second.Status != first.Status || second.Path != first.Path {
				t.Errorf("got %d %s, then %d %s: %s", first.Status, first.Path, second.Status, second.Path, second.Text())
			}
			if n := distinct(b.Open(f.list), f.id) - before; n != 1 {
				t.Errorf("the form created %d, want 1", n)
			}
			values := url.Values{"form_id": {""}}
			maps.Copy(values, f.values)
			page.Submit(f.action, values).Want(http.StatusForbidden)
		})
	}
	if routes != len(forms) {
		t.Errorf("%d routes create something, and %d forms are sent twice", routes, len(forms))
	}
}

// distinct returns how many texts of a page match an expression, each counted once.
func distinct(p *consoletest.Page, expression string) int {
	found := map[string]bool{}
	for _, text := range regexp.MustCompile(expression).FindAllString(p.Body, -1) {
		found[text] = true
	}
	return len(found)
}
