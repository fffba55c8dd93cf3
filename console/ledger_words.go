package console

import (
	"renzheng/appeal"
	"renzheng/bar"
	"renzheng/ledger"
	"renzheng/rulebook"
	"renzheng/todo"
	"renzheng/window"
)

// ledgerKinds returns the kinds of entries that can be chosen, in the order in which they are listed.
func ledgerKinds() []ledger.Kind {
	return []ledger.Kind{
		window.KindOpened, window.KindVerified, window.KindMissed, window.KindNotFound, window.KindApproved, window.KindReturned, window.KindAnswered,
		window.KindDeclined, window.KindStrokesReused, window.KindEnded, window.KindEscalated, window.KindSettled,
		appeal.KindAsked, appeal.KindProposed, appeal.KindReturned, appeal.KindDecided, bar.KindPlaced, bar.KindEnded, todo.KindReportSettled,
		rulebook.KindProposed, rulebook.KindApproved, rulebook.KindWithdrawn, rulebook.KindRolledBack, rulebook.KindReviewed, ledger.KindCorrection,
	}
}

// reasonTexts returns the beginnings of the keys of the texts of reasons, by the kinds of entries that have them.
func reasonTexts() map[ledger.Kind]string {
	return map[ledger.Kind]string{
		window.KindOpened: "found.by.", window.KindReturned: "return.", window.KindMissed: "miss.", window.KindNotFound: "miss.", window.KindAnswered: "manner.", window.KindDeclined: "decline.",
		window.KindEnded: "visit.outcome.", window.KindEscalated: "escalation.kind.", window.KindSettled: "escalation.outcome.",
		appeal.KindProposed: "decision.", appeal.KindDecided: "decision.", todo.KindReportSettled: "report.", ledger.KindCorrection: "correction.",
	}
}

// EntryReason returns the text of the reason of an entry. A code that has none, such as one of an earlier release, is shown as it is.
func (v *view) EntryReason(e ledger.Entry) string {
	if e.Kind == window.KindVerified && v.call.console.deps.Window != nil && e.Reason != "" {
		return v.WindowReason(e.Reason)
	}
	if _, ok := bar.Lookup(bar.Code(e.Reason)); ok && (e.Kind == bar.KindPlaced || e.Kind == bar.KindEnded) {
		return v.BarReason(bar.Code(e.Reason))
	}
	return v.textOr(reasonTexts()[e.Kind]+e.Reason, e.Reason)
}
