package storetest_test

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/ledger"
	"renzheng/receipt"
	"renzheng/rights"
	"renzheng/staff"
	"renzheng/todo"
	"renzheng/window"
)

func onEachWindow(t *testing.T, test func(t *testing.T, w *windowFixture)) {
	t.Helper()
	onEachTodo(t, func(t *testing.T, f *todoFixture) { test(t, newWindowFixture(t, f)) })
}

// kinds returns the kinds of the entries on a visit, which make a chain with all others.
func (w *windowFixture) kinds(t *testing.T, visitID string) []ledger.Kind {
	t.Helper()
	v, found := ledger.NewVerifier(), []ledger.Kind(nil)
	err := ledger.Each(t.Context(), w.replicas[0], ledger.Filter{})(func(e ledger.Entry) error {
		if e.Reference == visitID {
			found = append(found, e.Kind)
		}
		return v.Entry(e)
	})
	if err != nil {
		t.Error(err)
	}
	return found
}

func TestWindow_ServesAPersonWithTheirDocument(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, bob := w.document(t, "张三"), w.document(t, "李四")
		todos := w.open(t, ann, bob)
		v := w.waiting(t, todos[0], ann)
		if going, err := w.halls[1].ListVisits(t.Context(), supervisor()); err != nil || len(going) != 1 || going[0].State != window.Waiting {
			t.Errorf("got %v, %v, want the visit", going, err)
		}
		if e, err := w.halls[1].Evidence(t.Context(), supervisor(), v.ID); err != nil || !e.Document.Same(ann) {
			t.Errorf("got %v, %v, want what was typed", e, err)
		}
		if _, err := w.halls[0].Todos(t.Context(), clerk(), v.ID); !errors.Is(err, window.ErrState) {
			t.Errorf("before the approval: got %v", err)
		}
	})
}

func TestWindow_AnswersAsTheAuthority(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, bob := w.document(t, "张三"), w.document(t, "李四")
		todos := w.open(t, ann, bob)
		v := w.waiting(t, todos[0], ann)
		v = must[window.Visit](t)(w.halls[1].Decide(t.Context(), supervisor(), v.ID, w.looked(t, supervisor(), v)))
		asked := must[[]window.VisitTodo](t)(w.halls[0].Todos(t.Context(), clerk(), v.ID))
		if len(asked) != 1 || asked[0].TodoID != todos[0].ID || asked[0].Enterprise != "山东示例有限公司" || len(asked[0].Lines) == 0 {
			t.Fatalf("got %+v, want the todo of this person alone", asked)
		}
		c := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, todos[0])))
		again := must[todo.Confirmation](t)(w.rules[1].AnswerAtWindow(t.Context(), clerk(), signed(v, todos[0])))
		if again.ID != c.ID || again.Receipt != c.Receipt {
			t.Errorf("a repetition: got %s, want %s", again.ID, c.ID)
		}
		report := must[receipt.Report](t)(receipt.Verify([]byte(c.Receipt), w.ring.JWKS()))
		s := report.Statement
		if s.StatementBy != receipt.Authority || s.Decision != receipt.DoneAtWindow || s.Window == nil || s.Window.Office != "hall-1" || s.Window.VisitID != v.ID {
			t.Errorf("got %+v, want the authority's statement", s)
		}
	})
}

func TestWindow_LeavesAChainOfEntries(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann, w.document(t, "李四"))
		v := w.verified(t, asked[0], ann)
		c := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, asked[0])))
		must[window.Visit](t)(w.halls[0].End(t.Context(), clerk(), v.ID, window.OutcomeDone))
		want := []ledger.Kind{window.KindOpened, window.KindVerified, window.KindApproved, window.KindAnswered, window.KindEnded}
		if got := w.kinds(t, v.ID); !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		entries := must[[]ledger.Entry](t)(w.replicas[1].LedgerEntries(t.Context(), ledger.Filter{Kind: window.KindAnswered}, 0, 10))
		s := must[receipt.Report](t)(receipt.Verify([]byte(c.Receipt), w.ring.JWKS())).Statement
		if len(entries) != 1 || entries[0].ID != s.Window.LedgerEntry {
			t.Errorf("the receipt names another entry than %v", entries)
		}
		if _, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, asked[1])); !errors.Is(err, todo.ErrNotFound) {
			t.Errorf("another person's todo after the end: got %v", err)
		}
	})
}

// Whoever declines at the window has declined, with a reason, and the registry learns it.
func TestWindow_TakesANo(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		v := w.verified(t, asked, ann)
		r := signed(v, asked)
		r.Decision, r.Reason = todo.DecisionDeclined, todo.NotMine
		c := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), r))
		report := must[receipt.Report](t)(receipt.Verify([]byte(c.Receipt), w.ring.JWKS()))
		if s := report.Statement; s.Decision != receipt.Declined || s.StatementBy != receipt.Authority || s.Reason != string(todo.NotMine) {
			t.Errorf("got %+v", s)
		}
		_, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, asked))
		if rejected, ok := errors.AsType[*todo.RejectedError](err); !ok || rejected.Code != todo.CodeAlreadyAnswered {
			t.Errorf("a yes after it: got %v", err)
		}
	})
}

// One person cannot pass four eyes: with two sessions, two roles, two browsers or two accounts (R52).
func TestWindow_NeedsASecondPerson(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, bob, self := w.document(t, "张三"), w.document(t, "李四"), w.document(t, "王五")
		asked := w.open(t, ann, bob)[0]
		both := w.as(member(1, staff.Clerk, staff.Supervisor), self)
		v := must[window.Visit](t)(w.halls[0].Open(t.Context(), both, window.Opening{FoundBy: window.ByDocument}))
		must[window.Visit](t)(w.halls[0].Identify(t.Context(), both, v.ID, seen(asked, ann)))
		yes := w.looked(t, supervisor(), v) // known to all of those below
		otherOffice := supervisor()
		otherOffice.Office = "hall-2"
		for name, tt := range map[string]struct {
			by   staff.Member
			want error
		}{
			"the same account in another role":   {both, window.ErrSamePerson},
			"another account of the same person": {w.as(supervisor(), self), window.ErrSamePerson},
			"the person who is served":           {w.as(supervisor(), ann), window.ErrOwnAffair},
			"another signer of the case":         {w.as(supervisor(), bob), window.ErrOwnAffair},
			"a clerk":                            {member(3, staff.Clerk), window.ErrRole},
			"somebody without an office":         {staff.Member{ID: "stf_9", Roles: []staff.Role{staff.Supervisor}}, window.ErrRole},
			"a supervisor of another office":     {otherOffice, window.ErrNotFound},
			"an operator":                        {member(4, staff.Operator), window.ErrRole},
		} {
			for _, hall := range w.halls {
				if _, err := hall.Decide(t.Context(), tt.by, v.ID, yes); !errors.Is(err, tt.want) {
					t.Errorf("%s: got %v, want %v", name, err, tt.want)
				}
			}
		}
		if _, err := w.rules[0].AnswerAtWindow(t.Context(), both, signed(v, asked)); !errors.Is(err, todo.ErrNotFound) {
			t.Errorf("an answer before the approval: got %v", err)
		}
		must[window.Visit](t)(w.halls[0].Decide(t.Context(), w.as(supervisor(), w.document(t, "赵六")), v.ID, yes))
		if _, err := w.halls[0].Decide(t.Context(), supervisor(), v.ID, yes); !errors.Is(err, window.ErrState) {
			t.Errorf("a second approval: got %v", err)
		}
	})
}

// An approval is of what the second member has looked at: neither unseen, nor what replaced it.
func TestWindow_ApprovesOnlyWhatWasShown(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, bob, other := w.document(t, "张三"), w.document(t, "李四"), member(7, staff.Supervisor)
		asked := w.open(t, ann, bob)[0]
		v := w.waiting(t, asked, ann)
		rejects := func(name string, want error, decisions ...window.Decision) {
			t.Helper()
			for _, verdict := range decisions {
				for _, hall := range w.halls {
					if _, err := hall.Decide(t.Context(), supervisor(), v.ID, verdict); !errors.Is(err, want) {
						t.Errorf("%s: got %v, want %v", name, err, want)
					}
				}
			}
			if got := must[window.Visit](t)(w.halls[0].Visit(t.Context(), supervisor(), v.ID)); got.State != window.Waiting || got.ApprovedBy != "" {
				t.Errorf("%s: got %+v, want it unchanged", name, got)
			}
		}
		theirs := w.looked(t, other, v)
		rejects("without looking", window.ErrNotShown, window.Decision{Approve: true}, window.Decision{Reason: "other"}, theirs)
		old := w.looked(t, supervisor(), v)
		again := func(d identity.Document) window.Decision {
			t.Helper()
			must[window.Visit](t)(w.halls[1].Decide(t.Context(), other, v.ID, window.Decision{Reason: "other", Version: w.looked(t, other, v).Version}))
			must[window.Visit](t)(w.halls[0].Identify(t.Context(), clerk(), v.ID, seen(asked, d)))
			return w.looked(t, other, v)
		}
		for name, d := range map[string]identity.Document{"another person": bob, "the same person": ann} {
			again(d)
			rejects(name, window.ErrChanged, old, window.Decision{Reason: "other", Version: old.Version})
		}
		w.later.Add(int64(time.Minute))
		rejects("an old look at the same person", window.ErrNotShown, again(ann))
		if got := w.kinds(t, v.ID); slices.Contains(got, window.KindApproved) || len(got) != 8 {
			t.Errorf("the ledger has %v", got)
		}
		must[window.Visit](t)(w.halls[1].Decide(t.Context(), supervisor(), v.ID, w.looked(t, supervisor(), v)))
	})
}

// Nobody serves themselves or their own case.
func TestWindow_ServesNoOwnAffair(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, bob := w.document(t, "张三"), w.document(t, "李四")
		asked := w.open(t, ann, bob)[0]
		for name, by := range map[string]staff.Member{"themselves": w.as(clerk(), ann), "their own case": w.as(clerk(), bob)} {
			v := must[window.Visit](t)(w.halls[0].Open(t.Context(), by, window.Opening{FoundBy: window.ByDocument}))
			if _, err := w.halls[0].Identify(t.Context(), by, v.ID, seen(asked, ann)); !errors.Is(err, window.ErrOwnAffair) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		v := w.verified(t, asked, ann)
		if _, err := w.halls[0].Todos(t.Context(), w.as(clerk(), bob), v.ID); !errors.Is(err, window.ErrOwnAffair) {
			t.Errorf("reading their own case: got %v", err)
		}
		if _, err := w.rules[0].AnswerAtWindow(t.Context(), w.as(clerk(), bob), signed(v, asked)); err == nil {
			t.Error("a signer of the case answered for another one")
		}
	})
}

// A manual pass counts for its case and visit, and for the content that was shown (R54).
func TestWindow_CountsForItsCaseOnly(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked, other := w.open(t, ann)[0], w.open(t, ann)[0]
		v := w.verified(t, asked, ann)
		if _, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, other)); !errors.Is(err, todo.ErrNotFound) {
			t.Errorf("another case: got %v", err)
		}
		changed := push(asked.CaseID, 2, ann)
		changed.Items[0].Value = "贰佰万元"
		revised := must[todo.PushResult](t)(w.rules[0].Push(t.Context(), changed)).Case.Todos[0]
		for name, r := range map[string]todo.WindowRequest{"what was shown": signed(v, asked), "what was not": {
			VisitID: v.ID, TodoID: revised.ID, Revision: revised.Revision, ContentDigest: asked.ContentDigest, Decision: todo.DecisionDoneAtWindow,
			Manner: todo.SignedPaper, Paper: "1",
		}} {
			if _, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), r); err == nil {
				t.Errorf("%s: a stale content was answered", name)
			}
		}
		w.later.Add(int64(window.Life))
		if _, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, revised)); !errors.Is(err, todo.ErrNotFound) {
			t.Errorf("when the visit is over: got %v", err)
		}
	})
}

// Of all who act at once, one does.
func TestWindow_ActsOnce(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		waiting := w.waiting(t, asked, ann)
		var all sync.WaitGroup
		var count sync.Mutex
		approved, confirmed := 0, 0
		var decisions [6]window.Decision
		for n := range decisions {
			decisions[n] = w.looked(t, member(10+n, staff.Supervisor), waiting)
			decisions[n].Approve = n%3 != 0
		}
		for n, verdict := range decisions {
			all.Go(func() {
				_, err := w.halls[n%2].Decide(t.Context(), member(10+n, staff.Supervisor), waiting.ID, verdict)
				count.Lock()
				defer count.Unlock()
				if err == nil {
					approved++
				} else if !errors.Is(err, window.ErrState) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if approved != 1 {
			t.Errorf("got %d decisions, want 1", approved)
		}
		v := w.verified(t, asked, ann)
		viewer := w.signIn(t, ann)
		shown := must[todo.Todo](t)(w.rules[0].Detail(t.Context(), viewer, asked.ID))
		yes := w.yes(t, viewer, shown)
		for n := range 4 {
			all.Go(func() {
				var err error
				if n == 0 {
					_, err = w.rules[0].ConfirmTodo(t.Context(), viewer, yes)
				} else {
					_, err = w.rules[n%2].AnswerAtWindow(t.Context(), member(20+n, staff.Clerk), signed(v, asked))
				}
				count.Lock()
				defer count.Unlock()
				if err == nil {
					confirmed++
				}
			})
		}
		all.Wait()
		answers := w.count(t, "SELECT COUNT(*) FROM confirmations WHERE todo_id = ?", asked.ID)
		entries := w.count(t, "SELECT COUNT(*) FROM ledger_entries WHERE kind = 'visit.answered'")
		kept := w.count(t, "SELECT COUNT(*) FROM visit_answers")
		if answers != 1 || entries != kept || confirmed == 0 {
			t.Errorf("got %d answers, %d entries, %d answers of visits, %d successes", answers, entries, kept, confirmed)
		}
	})
}

func (w *windowFixture) count(t *testing.T, query string, args ...any) int {
	t.Helper()
	return (&fixture{t: t, dsn: w.dsn}).count(t, query, args...)
}

func TestWindow_RejectsAnotherPersonsDocument(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, stranger := w.document(t, "张三"), w.document(t, "李四")
		renamed := ann
		renamed.Name = stranger.Name
		asked := w.open(t, ann)[0]
		w.open(t, stranger) // known, but not here
		for name, tt := range map[string]struct {
			seen window.Seen
			want error
		}{
			"a person of another case": {seen(asked, stranger), window.ErrNotSigner},
			"an unknown person":        {seen(asked, w.document(t, "王五")), window.ErrNotSigner},
			"another name":             {seen(asked, renamed), window.ErrNameDiffers},
			"an unknown case":          {window.Seen{RegistryID: "sd", CaseID: "none", Document: ann, Again: ann.Number, Reason: "no_photo"}, window.ErrNotFound},
		} {
			v := w.begun(t, asked)
			if _, err := w.halls[0].Identify(t.Context(), clerk(), v.ID, tt.seen); !errors.Is(err, tt.want) {
				t.Errorf("%s: got %v, want %v", name, err, tt.want)
			}
			if got := w.kinds(t, v.ID); !slices.Equal(got, []ledger.Kind{window.KindOpened, window.KindMissed}) {
				t.Errorf("%s: the ledger has %v", name, got)
			}
			if n := w.count(t, "SELECT COUNT(*) FROM visit_misses WHERE visit_id = ? AND member_id = ? AND office = 'hall-1' AND LENGTH(typed_hash) = 32", v.ID, clerk().ID); n != 1 {
				t.Errorf("%s: got %d rows, want 1", name, n)
			}
			if n := w.count(t, "SELECT COUNT(*) FROM visits WHERE id = ? AND (subject_id <> '' OR LENGTH(evidence_cipher) > 0)", v.ID); n > 0 {
				t.Errorf("%s: something was stored", name)
			}
		}
	})
}

func TestWindow_FindsByWhatThePersonBrings(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		viewer := w.signIn(t, ann)
		if found, err := w.halls[0].FindSlip(t.Context(), clerk(), viewer.SessionID); err != nil || len(found.Traces) != 1 || len(found.Traces[0].Attempts) != 1 {
			t.Errorf("by slip: got %+v, %v", found, err)
		}
		if found, err := w.halls[0].FindCase(t.Context(), clerk(), asked.RegistryID, asked.CaseID); err != nil || len(found.Signers) != 1 || found.Signers[0].SignerID != "s0" {
			t.Errorf("by case: got %+v, %v", found, err)
		}
		if _, err := w.halls[0].FindCase(t.Context(), clerk(), asked.RegistryID, "none"); !errors.Is(err, window.ErrNotFound) {
			t.Errorf("no case: got %v", err)
		}
		if _, err := w.halls[0].FindTicket(t.Context(), clerk(), "T-0000-0000"); !errors.Is(err, window.ErrNotFound) {
			t.Errorf("no ticket: got %v", err)
		}
		v := w.waiting(t, asked, ann)
		if _, err := w.halls[0].FindSlip(t.Context(), member(5, staff.Auditor), viewer.SessionID); !errors.Is(err, window.ErrRole) {
			t.Errorf("an auditor: got %v", err)
		}
		w.later.Add(int64(5 * time.Hour))
		if got, err := w.halls[0].Visit(t.Context(), clerk(), v.ID); err != nil || got.State != window.Ended || got.Outcome != window.OutcomeTimeout {
			t.Errorf("a visit whose time is over: got %+v, %v", got, err)
		}
	})
}

// What was tried is shown after the look is recorded for the person.
func TestWindow_RecordsLooksAtWhatWasTried(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		viewer := w.signIn(t, ann)
		must[window.Found](t)(w.halls[0].FindSlip(t.Context(), clerk(), viewer.SessionID))
		v := w.waiting(t, asked, ann)
		for _, m := range []staff.Member{clerk(), supervisor()} {
			if got, err := w.halls[0].AttemptsOf(t.Context(), m, v.ID); err != nil || len(got.Traces) != 1 {
				t.Errorf("by document: got %v, %v", got, err)
			}
		}
		if n := w.count(t, "SELECT COUNT(*) FROM staff_accesses WHERE shown = 'steps' AND subject_id = ?", v.SubjectID); n != 3 {
			t.Errorf("got %d rows of three looks at what the person tried", n)
		}
		if _, err := w.halls[0].FindSlip(t.Context(), w.as(clerk(), ann), viewer.SessionID); !errors.Is(err, window.ErrOwnAffair) {
			t.Errorf("their own slip: got %v", err)
		}
		if _, err := w.halls[0].FindSlip(t.Context(), clerk(), "ses_ffffffff"); !errors.Is(err, window.ErrNotFound) {
			t.Errorf("no slip: got %v", err)
		}
	})
}

// A row that somebody changed in the database approves nothing.
func TestWindow_NoticesAChangedVisit(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		v := w.waiting(t, asked, ann)
		raw := (&fixture{t: t, dsn: w.dsn}).raw(t)
		if _, err := raw.ExecContext(t.Context(), "UPDATE visits SET state = 'verified', approved_by = 'stf_2', shown_at = 1 WHERE id = ?", v.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, asked)); err == nil {
			t.Error("it was answered")
		}
	})
}

// An erasure takes what was seen of the document; the answer, its receipt and the ledger stay.
func TestWindow_IsErasedWithItsPerson(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		v := w.verified(t, asked, ann)
		must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, asked)))
		if n := w.count(t, "SELECT COUNT(*) FROM visit_answers WHERE paper = '' AND LENGTH(paper_cipher) > 29"); n != 1 {
			t.Errorf("got %d papers that are sealed, want 1", n)
		}
		w.escalated(t, v)
		viewer := w.signIn(t, ann)
		f := &fixture{t: t, store: w.replicas[0], replica: w.replicas[1], dsn: w.dsn, keys: w.keys, now: w.now()}
		e := rights.Erasure{ID: rights.ErasureID(viewer.GrantID), SubjectID: viewer.SubjectID, AccountID: viewer.AccountID, RequestedAt: f.now}
		if err := f.store.RequestErasure(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		f.execute(t, e.ID)
		if n := w.count(t, "SELECT (SELECT COUNT(*) FROM visits) + (SELECT COUNT(*) FROM escalations)"); n != 0 {
			t.Errorf("%d visits are left", n)
		}
		if n := w.count(t, "SELECT COUNT(*) FROM visit_answers WHERE paper = '' AND LENGTH(paper_cipher) = 0"); n != 1 {
			t.Errorf("got %d answers of visits without a paper, want 1", n)
		}
		if got := w.kinds(t, v.ID); len(got) != 4 {
			t.Errorf("the ledger has %v", got)
		}
	})
}

// The centre is asked for a person whose document was seen; both offices read and only the centre answers, once.
func TestWindow_AsksTheCentre(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, bob := w.document(t, "张三"), w.document(t, "李四")
		asked := w.open(t, ann, bob)[0]
		note := identity.NewSecret("手机号非本人")
		if _, err := w.halls[0].Escalate(t.Context(), clerk(), window.EscalationRequest{VisitID: w.begun(t, asked).ID, Kind: window.VerifyPhone, Note: note}); !errors.Is(err, window.ErrState) {
			t.Errorf("before the document was seen: got %v", err)
		}
		v := w.waiting(t, asked, ann)
		if _, err := w.halls[0].Escalate(t.Context(), w.as(clerk(), bob), window.EscalationRequest{VisitID: v.ID, Kind: window.TwoCards, Note: note}); !errors.Is(err, window.ErrOwnAffair) {
			t.Errorf("their own case: got %v", err)
		}
		e := must[window.Escalation](t)(w.halls[0].Escalate(t.Context(), clerk(), window.EscalationRequest{VisitID: v.ID, Kind: window.TwoCards, Note: note}))
		stranger := clerk()
		stranger.Office = "hall-2"
		for name, err := range map[string]error{
			"a third office":        w.halls[0].Settle(t.Context(), stranger, e.ID, "resolved", note),
			"the office that asked": w.halls[0].Settle(t.Context(), clerk(), e.ID, "resolved", note),
			"a signer of the case":  w.halls[0].Settle(t.Context(), w.as(centre(), bob), e.ID, "resolved", note),
		} {
			if !errors.Is(err, window.ErrNotFound) && !errors.Is(err, window.ErrOwnAffair) {
				t.Errorf("%s: got %v", name, err)
			}
		}
		var all sync.WaitGroup
		var done atomic.Int64
		for n := range 4 {
			all.Go(func() {
				if err := w.halls[n%2].Settle(t.Context(), centre(), e.ID, "resolved", note); err == nil {
					done.Add(1)
				} else if !errors.Is(err, window.ErrState) {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if got := must[window.Escalation](t)(w.halls[1].Escalation(t.Context(), clerk(), e.ID)); done.Load() != 1 || got.Outcome != "resolved" || got.Answer != note {
			t.Errorf("got %+v, settled %d times", got, done.Load())
		}
		if got := w.kinds(t, e.ID); !slices.Equal(got, []ledger.Kind{window.KindEscalated, window.KindSettled}) {
			t.Errorf("the ledger has %v", got)
		}
	})
}

// A frozen number is frozen at the window too; to decline is always possible.
func TestWindow_AgreesToNothingThatIsFrozen(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann := w.document(t, "张三")
		asked := w.open(t, ann)[0]
		v := w.verified(t, asked, ann)
		viewer := w.signIn(t, ann)
		must[rights.Freeze](t)(w.replicas[1].Freeze(t.Context(), rights.Viewer{
			SessionID: viewer.SessionID, AccountID: viewer.AccountID, GrantID: viewer.GrantID, SubjectID: viewer.SubjectID,
		}, w.now()))
		if _, err := w.rules[0].AnswerAtWindow(t.Context(), clerk(), signed(v, asked)); !errors.Is(err, todo.ErrFrozenAtWindow) {
			t.Errorf("a yes: got %v", err)
		}
		no := signed(v, asked)
		no.Decision, no.Reason = todo.DecisionDeclined, todo.NotMine
		must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), no))
	})
}
