package storetest_test

import (
	"testing"

	"renzheng/rights"
)

// A copy has what is sealed in plain, and ends with the grant.
func TestCopy_IsOfTheLiveGrant(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		f.granted(t, "w", bob(t)) // somebody else
		ses, c := f.remembering(t, ann(t))
		v := rights.Viewer{SessionID: ses.ID, AccountID: ses.Account.ID, GrantID: ses.Grant.ID, SubjectID: ses.Grant.SubjectID}
		made := must[rights.Copy](t)(f.store.Copy(t.Context(), v, f.now))
		for _, table := range []string{"subjects", "grants", "remembered_documents"} {
			rows := made[table]
			if len(rows) != 1 {
				t.Fatalf("got %d rows of %s, want 1", len(rows), table)
			}
			d, _ := rows[0]["document"].(map[string]any)
			if d["number"] != ann(t).Number.Reveal() {
				t.Errorf("%s lacks the number", table)
			}
		}
		if got := made["remembered_documents"][0].Text("consent_id"); got != c.ID {
			t.Errorf("got consent %s, want %s", got, c.ID)
		}
		if len(made["accounts"]) != 1 || made["accounts"][0].Text("user") == "" || made["portraits"][0].Text("sha256") == "" {
			t.Errorf("the account lacks the channel's id, or the portrait its digest")
		}
		picture := must[[]byte](t)(f.store.CopyPortrait(t.Context(), v, made["portraits"][0].Text("id"), f.now))
		if len(picture) == 0 {
			t.Error("the picture is empty")
		}
		_, err := f.store.CopyPortrait(t.Context(), v, "por_other", f.now)
		wantError(t, err, rights.ErrNotFound)
		_, err = f.store.Copy(t.Context(), v, f.now.Add(day))
		wantError(t, err, rights.ErrNoAccess)
	})
}
