package fakes

// Outcome is how one face check ends. Next to these names, a test may use a code of
// its third party.
type Outcome string

// The outcomes.
const (
	Passes        Outcome = "passes"
	FaceDiffers   Outcome = "face_differs"
	NoPhoto       Outcome = "no_photo" // nothing is on record to compare with
	PoorLight     Outcome = "poor_light"
	NotAlive      Outcome = "not_alive"
	IdentityWrong Outcome = "identity_wrong" // name and number do not belong together
	NoCamera      Outcome = "no_camera"
	NetworkLost   Outcome = "network_lost"
)

// FaceFate is how the face checks of a person end, one after the other.
type FaceFate struct {
	Tries         []Outcome // of each face shown; the last one repeats; if there are none, all pass
	SilentQueries int       // so many queries after each decision are not answered
	NoPicture     bool      // a pass comes without the captured picture
}

// At returns the outcome of a try, counted from 0.
func (f FaceFate) At(try int) Outcome {
	if len(f.Tries) == 0 {
		return Passes
	}
	return f.Tries[min(try, len(f.Tries)-1)]
}
