package verification

func faceEntries() []Entry { return append(faceDecided(), faceUndecided()...) }

// faceDecided are the failures that a provider decided; they use up a try.
func faceDecided() []Entry {
	return []Entry{
		{
			Code: FaceDiffers, Kind: KindFace, Retryable: true, Counted: true,
			Prompt: Text{Chinese: "人像比对未通过", English: "The face comparison did not pass"},
			Cause: Text{
				Chinese: "可能不是本人操作，也可能是当前画面与登记照片差别较大。",
				English: "It may not be the same person, or the picture may differ much from the photo on record.",
			},
			Remedies: remedies(RetryBetterLight, CheckInput, OtherMethod),
		},
		{
			Code: FaceQuality, Kind: KindFace, Retryable: true, Counted: true,
			Prompt: Text{Chinese: "人像比对未通过，画面不够清晰", English: "The face comparison did not pass: the picture is not clear enough"},
			Cause: Text{
				Chinese: "可能是光线不足、逆光、镜头不清洁或像素过低。",
				English: "The light may be poor or from behind, the lens unclean, or the resolution too low.",
			},
			Remedies: remedies(RetryBetterLight),
		},
		{
			Code: FaceLiveness, Kind: KindFace, Retryable: true, Counted: true,
			Prompt: Text{Chinese: "人像比对未通过，请本人正对镜头", English: "The face comparison did not pass: please face the camera yourself"},
			Cause: Text{
				Chinese: "没有确认到镜头前是本人实时操作。",
				English: "It could not be confirmed that a living person was in front of the camera.",
			},
			Remedies: remedies(RetryBetterLight, RetryFinish),
		},
		{
			Code: FaceNoRecord, Kind: KindFace, Counted: true,
			Prompt: Text{Chinese: "验证失败，暂时无法比对人像", English: "The face cannot be compared at present"},
			Cause: Text{
				Chinese: "可用于比对的照片暂缺，再次尝试通常不会改变结果。",
				English: "There is no photo to compare with yet; trying again rarely changes that.",
			},
			Remedies: remedies(OtherMethod),
		},
	}
}

// faceUndecided are the ends of an attempt in which nobody's face was judged.
func faceUndecided() []Entry {
	return []Entry{
		{
			Code: FaceCancelled, Kind: KindFace, Retryable: true,
			Prompt:   Text{Chinese: "已取消人脸识别", English: "The face check was cancelled"},
			Cause:    Text{Chinese: "人脸识别中途退出，不计次数。", English: "The face check was left before its end; no try was used."},
			Remedies: remedies(RetryNow, OtherMethod),
		},
		{
			Code: FaceNotFinished, Kind: KindFace, Retryable: true,
			Prompt:   Text{Chinese: "未在规定时间内完成人脸识别", English: "The face check was not finished in time"},
			Cause:    Text{Chinese: "从开始到通过须在规定时间内完成，不计次数。", English: "It has to pass within its time from the start; no try was used."},
			Remedies: remedies(RetryFinish, OtherMethod),
		},
		{
			Code: FaceDevice, Kind: KindFace, Retryable: true,
			Prompt: Text{Chinese: "无法使用摄像头完成人脸识别", English: "The camera cannot be used for the face check"},
			Cause: Text{
				Chinese: "可能没有摄像头权限、应用版本过低或设备不受支持，不计次数。",
				English: "The camera permission may be missing, the app too old or the device unsupported; no try was used.",
			},
			Remedies: remedies(AllowCamera, OtherMethod),
		},
	}
}
