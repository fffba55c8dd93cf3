package alipay

import (
	"strings"

	"renzheng/verification"
)

// failureOf gives our word for Alipay's fail_reason of a check that it decided
// against. Alipay publishes no list of them: the Z codes are those of its
// camera component (constants of the Alipay client; ZOLOZ "client error" page,
// 2024-12), the numbers those of the data source behind it (Alibaba's face
// product). Unverified as they are, they choose words only.
//
// A reason that is not here counts as a face that differs: were it a technical
// failure, somebody who finds such a reason could try without end.
func failureOf(reason string) verification.FailureCode {
	switch strings.TrimSpace(reason) {
	case "201", "202": // name and number differ; number unknown
		return verification.IdentityNotConfirmed
	case "203": // no photo on record
		return verification.FaceNoRecord
	case "205", "Z1013", "Z1146", "Z1147": // no living face, or an attack
		return verification.FaceLiveness
	case "Z1005", "Z1006": // no usable picture in time, or in as many goes as allowed
		return verification.FaceQuality
	case "Z1008", "Z1009", "Z1016": // left, put in the background, left at "again?"
		return verification.FaceCancelled
	case "Z1002", "Z1003", "Z1004", "Z1018", "Z1019", "Z1020", "Z1021": // camera, permission, old system
		return verification.FaceDevice
	case "Z1000", "Z1001", "Z1010", "Z1011", "Z1012", "Z1022", "Z1023", "Z1024": // network, own faults
		return verification.TryAgainLater
	}
	return verification.FaceDiffers // "204", "Z5128" and all that we have not met
}
