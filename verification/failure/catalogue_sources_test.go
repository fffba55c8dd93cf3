package failure_test

import (
	"fmt"
	"slices"
	"testing"

	"renzheng/verification/failure"
)

// source is an item of the manuals and help pages that this product follows,
// and the failure that answers it.
type source struct {
	item string
	says string
	code failure.Code
	does failure.RemedyKind // what the item advises, where the list must have it
}

// Every prompt and every failure of the sources has its entry.
func TestCatalogue_EverySource(t *testing.T) {
	t.Parallel()
	answered := map[string]bool{}
	for _, s := range slices.Concat(promptSources(), failureSources(), manualSources()) {
		answered[s.item] = true
		entry := failure.Lookup(s.code)
		offers := slices.ContainsFunc(entry.Remedies, func(r failure.Remedy) bool { return r.Kind == s.does })
		if entry.Code != s.code || !offers {
			t.Errorf("%s (%s): %s has to offer %s", s.item, s.says, s.code, s.does)
		}
	}
	for _, items := range []struct {
		letter   string
		from, to int
	}{{"D", 1, 18}, {"A", 29, 40}, {"M", 46, 48}} {
		for n := items.from; n <= items.to; n++ {
			if item := fmt.Sprintf("%s-%d", items.letter, n); !answered[item] {
				t.Errorf("%s has no failure", item)
			}
		}
	}
}

// promptSources are the prompts of a publisher's platform.
func promptSources() []source {
	return []source{
		{"D-1", "not the account's owner", failure.AccountOwnerDiffers, failure.UseOwnAccount},
		{"D-2", "the face differs from the police photo", failure.FaceDiffers, failure.RetryBetterLight},
		{"D-3", "check name and number", failure.IdentityNotConfirmed, failure.CheckInput},
		{"D-4", "not passed, again", failure.TryAgainLater, failure.RetryLater},
		{"D-5", "photo of the card unreadable or of another", failure.DocumentPhotoUnusable, failure.PhotoAgain},
		{"D-6", "name and number do not match, rare characters", failure.IdentityNotConfirmed, failure.CheckSpelling},
		{"D-7", "must be the owner", failure.AccountOwnerDiffers, failure.UseOwnAccount},
		{"D-8", "the face differs from the card's portrait", failure.FaceDiffers, failure.RetryBetterLight},
		{"D-9", "the card's portrait differs from the police photo", failure.FaceNoRecord, failure.ServiceWindow},
		{"D-10", "materials not sufficient", failure.DocumentPhotoUnusable, failure.PhotoAgain},
		{"D-11", "differs from the account's subject", failure.AccountOwnerDiffers, failure.UseOwnAccount},
		{"D-12", "one account per subject", failure.AccountLimit, failure.UseOwnAccount},
		{"D-13", "over the limit", failure.AccountLimit, failure.RetryLater},
		{"D-14", "subject barred", failure.SubjectBarred, failure.ServiceWindow},
		{"D-15", "stuck, or back at the start without a reason", failure.TryAgainLater, failure.RestartApp},
		{"D-16", "done there, not known here", failure.ResultPending, failure.WaitResult},
		{"D-17", "no QR code, blank page", failure.QRBlank, failure.RefreshPage},
		{"D-18", "unknown client", failure.ClientUnknown, failure.OpenInApp},
	}
}

// failureSources are the failures and remedies of the account-based app.
func failureSources() []source {
	return []source{
		{"A-29", "the four elements", failure.IdentityNotConfirmed, failure.CheckValidity},
		{"A-30", "the face comparison did not pass", failure.FaceDiffers, failure.RetryBetterLight},
		{"A-31", "picture quality", failure.FaceQuality, failure.RetryBetterLight},
		{"A-32", "no photo in the database", failure.FaceNoRecord, failure.ServiceWindow},
		{"A-33", "data for the check is missing", failure.IdentityNotConfirmed, failure.ServiceWindow},
		{"A-34", "source or system busy", failure.ProviderBusy, failure.OtherMethod},
		{"A-35", "the network failed", failure.NetworkLost, failure.CheckNetwork},
		{"A-36", "the text message did not arrive", failure.SMSNotReceived, failure.CheckNetwork},
		{"A-37", "number range unsupported", failure.PhoneUnsupported, failure.OtherPhone},
		{"A-38", "names with a dot", failure.NameInputWrong, failure.CheckSpelling},
		{"A-39", "long-term validity", failure.IdentityNotConfirmed, failure.CheckValidity},
		{"A-40", "two cards, the old dates", failure.DocumentExpired, failure.CheckValidity},
	}
}

// manualSources are the failures of the mini-program's own manual, and what the
// formats of documents bring with them.
func manualSources() []source {
	return []source{
		{"M-46", "name or number mistyped", failure.IdentityNotConfirmed, failure.CheckInput},
		{"M-46", "not the owner of the account", failure.AccountOwnerDiffers, failure.UseOwnAccount},
		{"M-47", "not the person, or another picture", failure.FaceDiffers, failure.RetryBetterLight},
		{"M-47", "pixels or light", failure.FaceQuality, failure.RetryBetterLight},
		{"M-48", "try again later, restart", failure.TryAgainLater, failure.RestartApp},
		{"M-42", "phone below the floor", failure.ClientUnsupported, failure.UpdateApp},
		{"permits", "81, 82, 83 as a resident ID", failure.DocumentTypeDiffers, failure.ChooseType},
		{"permits", "count of renewals typed", failure.NumberInputWrong, failure.CheckNumber},
		{"validity", "long-term printed", failure.ValidityInputWrong, failure.CheckValidity},
		{"rare characters", "not as in the record", failure.IdentityNotConfirmed, failure.CheckSpelling},
		{"P-8", "nobody checks the document here", failure.RouteMissing, failure.ServiceWindow},
	}
}
