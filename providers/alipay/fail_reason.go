package alipay

import (
	"strings"

	"renzheng/verification/failure"
)

// failureOf returns our word for Alipay's fail_reason of a check that did not pass.
// Alipay publishes no list of them. The Z codes are those of its camera component
// (constants of the Alipay client; ZOLOZ "client error" page, 2024-12), the numbers
// those of the data source behind it (Alibaba's face product). A reason decides the
// words that the person reads, and whether the try counts: it does not count if no
// face was judged.
//
// A wrong name and an unknown number are one failure (R13). That no photo is on
// record is another, because the person has to go to the window.
//
// An unknown reason counts as a face that differs. If it were a technical failure,
// somebody who finds such a reason could try without end.
func failureOf(reason string) failure.Code {
	switch strings.TrimSpace(reason) {
	case "201", "202": // name and number differ; number unknown
		return failure.IdentityNotConfirmed
	case "203": // no photo on record
		return failure.FaceNoRecord
	case "205", "Z1013", "Z1146", "Z1147": // no living face, or an attack
		return failure.FaceLiveness
	case "Z1005", "Z1006": // no usable picture in time, or in as many goes as allowed
		return failure.FaceQuality
	case "Z1008", "Z1009", "Z1016": // left, put in the background, left at "again?"
		return failure.FaceCancelled
	case "Z1002", "Z1003", "Z1004", "Z1018", "Z1019", "Z1020", "Z1021": // camera, permission, old system
		return failure.FaceDevice
	case "Z1000", "Z1001", "Z1010", "Z1011", "Z1012", "Z1022", "Z1023", "Z1024": // network, own faults
		return failure.TryAgainLater
	}
	return failure.FaceDiffers // "204", "Z5128" and unknown reasons
}
