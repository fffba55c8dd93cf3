package verification_test

import (
	"fmt"
	"slices"
	"testing"

	"renzheng/verification"
)

// source is an item of the manuals and help pages that this product follows,
// and the failure that answers it.
type source struct {
	item string
	says string
	code verification.FailureCode
	does verification.RemedyKind // what the item advises, where the list must have it
}

// Every prompt and every failure of the sources has its entry.
func TestCatalogue_EverySource(t *testing.T) {
	t.Parallel()
	answered := map[string]bool{}
	for _, s := range slices.Concat(promptSources(), failureSources(), manualSources()) {
		answered[s.item] = true
		entry := verification.Lookup(s.code)
		offers := slices.ContainsFunc(entry.Remedies, func(r verification.Remedy) bool { return r.Kind == s.does })
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
		{"D-1", "not the account's owner", verification.AccountOwnerDiffers, verification.UseOwnAccount},
		{"D-2", "the face differs from the police photo", verification.FaceDiffers, verification.RetryBetterLight},
		{"D-3", "check name and number", verification.IdentityNotConfirmed, verification.CheckInput},
		{"D-4", "not passed, again", verification.TryAgainLater, verification.RetryLater},
		{"D-5", "photo of the card unreadable or of another", verification.DocumentPhotoUnusable, verification.PhotoAgain},
		{"D-6", "name and number do not match, rare characters", verification.IdentityNotConfirmed, verification.CheckSpelling},
		{"D-7", "must be the owner", verification.AccountOwnerDiffers, verification.UseOwnAccount},
		{"D-8", "the face differs from the card's portrait", verification.FaceDiffers, verification.RetryBetterLight},
		{"D-9", "the card's portrait differs from the police photo", verification.FaceNoRecord, verification.ServiceWindow},
		{"D-10", "materials not sufficient", verification.DocumentPhotoUnusable, verification.PhotoAgain},
		{"D-11", "differs from the account's subject", verification.AccountOwnerDiffers, verification.UseOwnAccount},
		{"D-12", "one account per subject", verification.AccountLimit, verification.UseOwnAccount},
		{"D-13", "over the limit", verification.AccountLimit, verification.RetryLater},
		{"D-14", "subject barred", verification.RiskRefused, verification.ServiceWindow},
		{"D-15", "stuck, or back at the start without a reason", verification.TryAgainLater, verification.RestartApp},
		{"D-16", "done there, not known here", verification.ResultPending, verification.WaitResult},
		{"D-17", "no QR code, blank page", verification.QRBlank, verification.RefreshPage},
		{"D-18", "unknown client", verification.ClientUnknown, verification.OpenInApp},
	}
}

// failureSources are the failures and remedies of the account-based app.
func failureSources() []source {
	return []source{
		{"A-29", "the four elements", verification.IdentityNotConfirmed, verification.CheckValidity},
		{"A-30", "the face comparison did not pass", verification.FaceDiffers, verification.RetryBetterLight},
		{"A-31", "picture quality", verification.FaceQuality, verification.RetryBetterLight},
		{"A-32", "no photo in the database", verification.FaceNoRecord, verification.ServiceWindow},
		{"A-33", "data for the check is missing", verification.IdentityNotConfirmed, verification.ServiceWindow},
		{"A-34", "source or system busy", verification.ProviderBusy, verification.OtherMethod},
		{"A-35", "the network failed", verification.NetworkLost, verification.CheckNetwork},
		{"A-36", "the text message did not arrive", verification.SMSNotReceived, verification.CheckNetwork},
		{"A-37", "number range unsupported", verification.PhoneUnsupported, verification.OtherPhone},
		{"A-38", "names with a dot", verification.NameInputWrong, verification.CheckSpelling},
		{"A-39", "long-term validity", verification.IdentityNotConfirmed, verification.CheckValidity},
		{"A-40", "two cards, the old dates", verification.DocumentExpired, verification.CheckValidity},
	}
}

// manualSources are the failures of the mini-program's own manual, and what the
// formats of documents bring with them.
func manualSources() []source {
	return []source{
		{"M-46", "name or number mistyped", verification.IdentityNotConfirmed, verification.CheckInput},
		{"M-46", "not the owner of the account", verification.AccountOwnerDiffers, verification.UseOwnAccount},
		{"M-47", "not the person, or another picture", verification.FaceDiffers, verification.RetryBetterLight},
		{"M-47", "pixels or light", verification.FaceQuality, verification.RetryBetterLight},
		{"M-48", "try again later, restart", verification.TryAgainLater, verification.RestartApp},
		{"M-42", "phone below the floor", verification.ClientUnsupported, verification.UpdateApp},
		{"permits", "81, 82, 83 as a resident ID", verification.DocumentTypeDiffers, verification.ChooseType},
		{"permits", "count of renewals typed", verification.NumberInputWrong, verification.CheckNumber},
		{"validity", "long-term printed", verification.ValidityInputWrong, verification.CheckValidity},
		{"rare characters", "not as in the record", verification.IdentityNotConfirmed, verification.CheckSpelling},
		{"P-8", "nobody checks the document here", verification.RouteMissing, verification.ServiceWindow},
	}
}
