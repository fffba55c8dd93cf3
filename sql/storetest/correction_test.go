package storetest_test

import (
	"errors"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/retention"
	"renzheng/rights"
)

func TestCorrections_AreOfTheirPersonAndEnd(t *testing.T) {
	t.Parallel()
	onEach(t, func(f *fixture) {
		t := f.t
		ses, _ := f.granted(t, "u", ann(t))
		other, _ := f.granted(t, "w", bob(t))
		v := rights.Viewer{SessionID: ses.ID, AccountID: ses.Account.ID, GrantID: ses.Grant.ID, SubjectID: ses.Grant.SubjectID}
		asked := rights.Correction{Field: "name", Text: identity.NewSecret("不对"), CreatedAt: f.now}
		made := must[rights.Correction](t)(f.store.RequestCorrection(t.Context(), v, asked, 1, day))
		_, err := f.replica.RequestCorrection(t.Context(), v, asked, 1, day)
		if later, ok := errors.AsType[*rights.LaterError](err); !ok || !later.At.Equal(f.now.Add(day)) {
			t.Errorf("got %v, want the end of the window", err)
		}
		settled := rights.Settlement{ID: made.ID, Outcome: rights.Declined, Ground: identity.NewSecret("已核对"), By: "王五", At: f.now.Add(time.Hour)}
		if err = f.replica.SettleCorrection(t.Context(), settled); err != nil {
			t.Fatal(err)
		}
		found := must[[]rights.Correction](t)(f.replica.Corrections(t.Context(), v, f.now, 10))
		if len(found) != 1 || found[0].Ground.Reveal() != "已核对" || found[0].Text.Reveal() != "不对" || found[0].Outcome != rights.Declined {
			t.Errorf("got %v", found)
		}
		stranger := rights.Viewer{SessionID: other.ID, AccountID: other.Account.ID, GrantID: other.Grant.ID, SubjectID: other.Grant.SubjectID}
		if theirs := must[[]rights.Correction](t)(f.store.Corrections(t.Context(), stranger, f.now, 10)); len(theirs) != 0 {
			t.Errorf("somebody else sees %d requests", len(theirs))
		}
		late := f.now.Add(2 * day)
		_, err = f.store.RequestCorrection(t.Context(), v, rights.Correction{Field: "name", Text: asked.Text, CreatedAt: late}, 1, day)
		wantError(t, err, rights.ErrNoAccess)
		for i, before := range []time.Time{f.now, f.now.Add(time.Hour)} { // the period begins with the answer
			cut := retention.Cut{Class: retention.Corrections, Before: before}
			if gone := must[retention.Batch](t)(f.store.PurgeCut(t.Context(), cut, late, 10)); gone.Gone != i {
				t.Errorf("got %d deleted before %v, want %d", gone.Gone, before, i)
			}
		}
		if n := f.count(t, "SELECT COUNT(*) FROM corrections"); n != 0 {
			t.Errorf("%d requests are left", n)
		}
	})
}
