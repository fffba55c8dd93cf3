package storetest_test

import (
	"testing"

	"renzheng/retention"
	"renzheng/todo"
)

// A hold on the person keeps a photo from their erasure. One on the case does not, and none keeps it when the document is returned.
func TestWindow_HoldsPhotos(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		for kind, left := range map[retention.HoldKind]int{retention.HoldSubject: 2, retention.HoldCase: 0} {
			for _, act := range []string{"erased", "returned"} {
				bob := w.document(t, "李四")
				asked := w.open(t, bob)[0]
				v := w.photographed(t, asked, bob)
				h := retention.Hold{Kind: kind, Registry: asked.RegistryID, CaseID: asked.CaseID, Ground: "order 17", PlacedBy: "Li", PlacedAt: w.now()}
				if kind == retention.HoldSubject {
					h.SignerID = asked.SignerID
				}
				must[retention.Hold](t)(w.replicas[0].PlaceHold(t.Context(), h))
				want := left
				if act == "erased" {
					must[string](t)(w.eraseViewer(t, w.signIn(t, bob), 0))
				} else {
					no := w.looked(t, supervisor(), v)
					no.Approve, want = false, 0
					if _, err := w.halls[0].Decide(t.Context(), supervisor(), v.ID, no); err != nil {
						t.Fatal(err)
					}
				}
				if n := w.count(t, "SELECT COUNT(*) FROM visit_photos WHERE visit_id = '"+v.ID+"'"); n != want {
					t.Errorf("%s under a hold of a %s: %d photos are left, want %d", act, kind, n, want)
				}
			}
		}
	})
}

// A handwriting is compared with those of the same person, so that no hash links two persons.
func TestWindow_ComparesHandwritingsOfOnePerson(t *testing.T) {
	t.Parallel()
	onEachWindow(t, func(t *testing.T, w *windowFixture) {
		ann, bob := w.document(t, "张三"), w.document(t, "李四")
		asked := w.open(t, ann, bob)
		r := w.padded(w.verified(t, asked[0], ann), asked[0])
		must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), r))
		other := w.padded(w.verified(t, asked[1], bob), asked[1])
		other.Strokes = r.Strokes
		must[todo.Confirmation](t)(w.rules[0].AnswerAtWindow(t.Context(), clerk(), other))
	})
}
