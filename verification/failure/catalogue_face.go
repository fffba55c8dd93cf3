package failure

import "renzheng/identity"

// faceDecided are the failures that a provider decided; they use up a try.
func faceDecided() []Entry {
	return []Entry{
		{
			Code: FaceDiffers, Kind: KindFace, Retryable: true, Counted: true,
			Prompt: identity.Text{
				Chinese:     "人像比对未通过",
				Traditional: "人像比對未通過",
				English:     "The face comparison did not pass",
			},
			Cause: identity.Text{
				Chinese:     "可能不是本人操作，也可能是当前画面与登记照片差别较大。",
				Traditional: "可能不是本人操作，也可能是當前畫面與登記照片差別較大。",
				English:     "It may not be the same person, or the picture may differ much from the photo on record.",
			},
			Remedies: remedies(RetryBetterLight, CheckInput, OtherMethod),
		},
		{
			Code: FaceQuality, Kind: KindFace, Retryable: true, Counted: true,
			Prompt: identity.Text{
				Chinese:     "人像比对未通过，画面不够清晰",
				Traditional: "人像比對未通過，畫面不夠清晰",
				English:     "The face comparison did not pass: the picture is not clear enough",
			},
			Cause: identity.Text{
				Chinese:     "可能是光线不足、逆光、镜头不清洁或像素过低。",
				Traditional: "可能是光線不足、逆光、鏡頭不清潔或像素過低。",
				English:     "The light may be poor or from behind, the lens unclean, or the resolution too low.",
			},
			Remedies: remedies(RetryBetterLight),
		},
		{
			Code: FaceLiveness, Kind: KindFace, Retryable: true, Counted: true,
			Prompt: identity.Text{
				Chinese:     "人像比对未通过，请本人正对镜头",
				Traditional: "人像比對未通過，請本人正對鏡頭",
				English:     "The face comparison did not pass: please face the camera yourself",
			},
			Cause: identity.Text{
				Chinese:     "没有确认到镜头前是本人实时操作。",
				Traditional: "沒有確認到鏡頭前是本人實時操作。",
				English:     "It could not be confirmed that a living person was in front of the camera.",
			},
			Remedies: remedies(RetryBetterLight, RetryFinish),
		},
		{
			Code: FaceNoRecord, Kind: KindFace, Counted: true,
			Prompt: identity.Text{
				Chinese:     "验证失败，暂时无法比对人像",
				Traditional: "驗證失敗，暫時無法比對人像",
				English:     "The face cannot be compared at present",
			},
			Cause: identity.Text{
				Chinese:     "可用于比对的照片暂缺或不适用，再次尝试通常不会改变结果。",
				Traditional: "可用於比對的照片暫缺或不適用，再次嘗試通常不會改變結果。",
				English:     "There is no photo yet, or no suitable one, to compare with; trying again rarely changes that.",
			},
			Remedies: remedies(OtherMethod),
		},
	}
}
