package failure

import "renzheng/identity"

// faceUndecided are the ends of an attempt in which nobody's face was judged.
func faceUndecided() []Entry {
	return []Entry{
		{
			Code: FaceCancelled, Kind: KindFace, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "已取消人脸识别",
				Traditional: "已取消人臉識別",
				English:     "The face check was cancelled",
			},
			Cause: identity.Text{
				Chinese:     "人脸识别中途退出，不计次数。",
				Traditional: "人臉識別中途退出，不計次數。",
				English:     "The face check was left before its end; no try was used.",
			},
			Remedies: remedies(RetryNow, OtherMethod),
		},
		{
			Code: FaceNotFinished, Kind: KindFace, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "未在规定时间内完成人脸识别",
				Traditional: "未在規定時間內完成人臉識別",
				English:     "The face check was not finished in time",
			},
			Cause: identity.Text{
				Chinese:     "从开始到通过须在规定时间内完成；核验系统确认没有提交人脸后，不计次数。",
				Traditional: "從開始到通過須在規定時間內完成；核驗系統確認沒有提交人臉後，不計次數。",
				English:     "It has to pass within its time from the start; once the provider confirms that no face was submitted, no try was used.",
			},
			Remedies: remedies(RetryFinish, OtherMethod),
		},
		{
			Code: FaceDevice, Kind: KindFace, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "无法使用摄像头完成人脸识别",
				Traditional: "無法使用攝像頭完成人臉識別",
				English:     "The camera cannot be used for the face check",
			},
			Cause: identity.Text{
				Chinese:     "可能没有摄像头或麦克风权限、应用版本过低或设备不受支持，不计次数。",
				Traditional: "可能沒有攝像頭或麥克風權限、應用版本過低或設備不受支持，不計次數。",
				English: "The permission for camera or microphone may be missing, the app too old or the device " +
					"unsupported; no try was used.",
			},
			Remedies: remedies(AllowCamera, OtherMethod),
		},
	}
}
