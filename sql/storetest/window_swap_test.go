package storetest_test

import (
	"testing"

	"renzheng/rights"
	"renzheng/todo"
)

// A page that somebody with access to the database moves to another answer of the same case, or to another place in its own, is read
// neither by a person for their copy nor by a registry.
func TestWindow_ReadsNoPageThatWasMoved(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, bob := w.document(t, "张三"), w.document(t, "李四")
		asked := w.open(t, ann, bob)
		own := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), scanned(t, w.verified(t, asked[0], ann), asked[0])))
		other := must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), scanned(t, w.verified(t, asked[1], bob), asked[1])))
		viewer := w.signIn(t, ann)
		v := rights.Viewer{SessionID: viewer.SessionID, AccountID: viewer.AccountID, GrantID: viewer.GrantID, SubjectID: viewer.SubjectID}
		raw := (&fixture{t: t, dsn: w.dsn}).raw(t)
		for name, statement := range map[string]string{
			"another person's": "UPDATE answer_scans SET confirmation_id = '" + own.ID + "', page = 7 WHERE confirmation_id = '" + other.ID + "' AND page = 1",
			"at another place": "UPDATE answer_scans SET page = 8 WHERE confirmation_id = '" + own.ID + "' AND page = 1",
		} {
			if _, err := raw.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
			read := 0
			for _, row := range must[rights.Copy](t)(w.replicas[0].Copy(t.Context(), v, w.now()))["answer_scans"] {
				if _, err := w.replicas[0].CopyScan(t.Context(), v, row.Text("id"), w.now()); err == nil {
					read++
				}
			}
			if read > 2 || read == 2 && name == "at another place" {
				t.Errorf("%s: the copy has %d pages", name, read)
			}
			if _, err := w.rules[0].GetEvidence(t.Context(), answerOf(own)); err == nil {
				t.Errorf("%s: the registry gets the evidence", name)
			}
		}
	})
}
