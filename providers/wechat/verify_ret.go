package wechat

import "renzheng/verification/failure"

// failureOf returns our word for a verify_ret that is not a pass (WeChat's page on
// queryVerifyInfo, 2026-01). The codes from 90001 are of the phone, those from
// 10001 of the comparison. The page's list of the latter goes on beyond what we
// have read. It agrees with that of the face check 1.0 as far as it goes, whose
// meanings are taken for the rest. A code decides the words that the person reads,
// and whether the try counts.
//
// A wrong name and a number that is not on record are one failure (R13). Otherwise
// a stranger could find out with their own face which numbers exist. That no photo
// is on record is a failure of its own, because the person has to go to the window.
// Like a face that differs, it presupposes that name and number belong together.
//
// An unknown code counts as a face that differs. If it were a technical failure,
// somebody who finds such a code could try without end.
func failureOf(ret int64) failure.Code {
	if ret >= 90000 {
		return phoneFailure(ret)
	}
	switch ret {
	case 10003, 10026: // name and number do not belong together; number not on record
		return failure.IdentityNotConfirmed
	case 10009: // no photo on record
		return failure.FaceNoRecord
	case 10002, 10005, 10010: // no features found, too bright, not good enough
		return failure.FaceQuality
	case 10027, 10028: // voice or lips do not fit
		return failure.FaceLiveness
	case 10020: // took too long
		return failure.FaceNotFinished
	case 10007, 10008, 10015, 10016, 10042, 10052, 10057: // WeChat's own faults and limits; no face was judged
		return failure.TryAgainLater
	}
	return failure.FaceDiffers // 10004 and unknown codes
}

func phoneFailure(ret int64) failure.Code {
	switch ret {
	case 90001, 90008, 90009, 90010, 90106, 90109: // device, permissions, camera
		return failure.FaceDevice
	case 90002, 90003, 90004, 90005, 90006: // left at one of the steps
		return failure.FaceCancelled
	case 90011, 90013, 90014, 90107: // nothing usable was captured, or not in time
		return failure.FaceQuality
	case 90017: // took too long
		return failure.FaceNotFinished
	case 90007, 90012: // no network, nothing uploaded
		return failure.NetworkLost
	case 90018, 90104, 90105, 90110, 90199: // the phone's and WeChat's own faults
		return failure.TryAgainLater
	}
	return failure.FaceDiffers
}
