package verification

// remedies lists what to do, in order. Every list ends at the two ways that are
// always open: the window, which needs neither face nor card, and support.
func remedies(first ...RemedyKind) []Remedy {
	out := make([]Remedy, 0, len(first)+2)
	for _, kind := range append(first, ServiceWindow, TechnicalSupport) {
		out = append(out, Remedy{Kind: kind, Text: remedyText(kind)})
	}
	return out
}

func remedyText(kind RemedyKind) Text {
	switch kind {
	case CheckInput, UseOwnAccount, OtherCard, OtherMethod, AllowCamera, AskBank:
		return mendingText(kind)
	case RetryNow:
		return Text{Chinese: "请再试一次。", English: "Try again."}
	case RetryBetterLight:
		return Text{
			Chinese: "请到光线均匀的地方，擦净镜头、摘下遮挡物，正对屏幕再试；仍不清晰时请换一部拍摄更清晰的手机。",
			English: "Go where the light is even, wipe the lens, uncover your face and look straight at the screen. " +
				"If the picture stays unclear, use a phone with a better camera.",
		}
	case RetryFinish:
		return Text{
			Chinese: "请重新开始，并按屏幕提示一次做完，中途不要离开。",
			English: "Start again and follow the screen to the end without leaving.",
		}
	case RetryLater:
		return Text{
			Chinese: "请稍后再试；页面显示了可再次尝试的时间时，请在该时间之后再试。",
			English: "Try again later; where a time is shown, after that time.",
		}
	case ServiceWindow:
		return Text{
			Chinese: "请携带证件原件到登记窗口现场办理，现场办理不需要人脸识别和银行卡。",
			English: "Bring the original document to the registration window; no face recognition and no bank card is needed there.",
		}
	case TechnicalSupport:
		return Text{
			Chinese: "请点击“技术支持”，由工作人员在线协助。",
			English: "Tap “Technical support” for help from our staff.",
		}
	}
	return nil
}

// mendingText says what the person can change.
func mendingText(kind RemedyKind) Text {
	switch kind {
	case CheckInput:
		return Text{
			Chinese: "请逐项核对填写的内容，与证件或银行卡保持一致，改正后重新提交。",
			English: "Compare everything you typed with your document or card, correct it and submit again.",
		}
	case UseOwnAccount:
		return Text{
			Chinese: "请由本人登录本人实名的账号办理。",
			English: "Log in with the account that is verified in your own name.",
		}
	case AllowCamera:
		return Text{
			Chinese: "请允许使用摄像头，更新应用后重启再试；仍然不行时请换一部手机。",
			English: "Allow the camera, update the app, restart it and try again; otherwise use another phone.",
		}
	case OtherCard:
		return Text{
			Chinese: "请换一张本人名下、正在使用的银行卡。",
			English: "Use another bank card of your own that is in use.",
		}
	case OtherMethod:
		return Text{
			Chinese: "请换用其他受支持的证件或渠道。",
			English: "Use another supported document or channel.",
		}
	case AskBank:
		return Text{
			Chinese: "请向发卡银行核实卡片状态和预留信息。",
			English: "Ask your bank about the state of the card and the data it keeps on you.",
		}
	case RetryNow, RetryBetterLight, RetryFinish, RetryLater, ServiceWindow, TechnicalSupport:
	}
	return nil
}
