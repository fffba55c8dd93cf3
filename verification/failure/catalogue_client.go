package failure

import "renzheng/identity"

// clientEntries are what goes wrong in the person's own hands: application,
// device, network. Where no server sees it, the client shows the entry itself.
// The failures of sign-in by QR code and of text messages are planned: neither
// exists yet.
func clientEntries() []Entry {
	return []Entry{
		{
			Code: ClientUnsupported, Kind: KindClient,
			Prompt: identity.Text{
				Chinese:     "手机系统或应用版本过低",
				Traditional: "手機系統或應用版本過低",
				English:     "The device or its app is too old",
			},
			Cause: identity.Text{
				Chinese:     "需要 Android 4.3、iOS 11 或以上版本的手机系统，以及较新版本的应用。",
				Traditional: "需要 Android 4.3、iOS 11 或以上版本的手機系統，以及較新版本的應用。",
				English:     "Android 4.3 or iOS 11 or later is needed, and a recent version of the app.",
			},
			Remedies: remedies(UpdateApp, OtherMethod),
		},
		{
			Code: ClientUnknown, Kind: KindClient, Retryable: true, Planned: true,
			Prompt: identity.Text{
				Chinese:     "未知客户端",
				Traditional: "未知客戶端",
				English:     "The client is not known",
			},
			Cause: identity.Text{
				Chinese:     "二维码由不受支持的应用扫描。",
				Traditional: "二維碼由不受支持的應用掃描。",
				English:     "The QR code was scanned by an app that does not take part.",
			},
			Remedies: remedies(OpenInApp),
		},
		{
			Code: QRBlank, Kind: KindClient, Retryable: true, Planned: true,
			Prompt: identity.Text{
				Chinese:     "二维码没有显示",
				Traditional: "二維碼沒有顯示",
				English:     "The QR code is not shown",
			},
			Cause: identity.Text{
				Chinese:     "二维码暂时没有生成，或页面没有加载完整。",
				Traditional: "二維碼暫時沒有生成，或頁面沒有加載完整。",
				English:     "It was not made yet, or the page was not loaded completely.",
			},
			Remedies: remedies(RefreshPage, CheckNetwork, RetryLater),
		},
		{
			Code: NetworkLost, Kind: KindTechnical, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "网络连接失败",
				Traditional: "網絡連接失敗",
				English:     "The network connection failed",
			},
			Cause: identity.Text{
				Chinese:     "手机与服务器之间的网络中断，不计次数。",
				Traditional: "手機與服務器之間的網絡中斷，不計次數。",
				English:     "The connection between your phone and the server was lost; no try was used.",
			},
			Remedies: remedies(CheckNetwork, RetryNow, OtherMethod, RetryLater),
		},
		{
			Code: SMSNotReceived, Kind: KindTechnical, Retryable: true, Planned: true,
			Prompt: identity.Text{
				Chinese:     "没有收到短信验证码",
				Traditional: "沒有收到短信驗證碼",
				English:     "The code by text message has not arrived",
			},
			Cause: identity.Text{
				Chinese:     "手机信号较弱、短信被拦截，或短信发送较慢，不计次数。",
				Traditional: "手機信號較弱、短信被攔截，或短信發送較慢，不計次數。",
				English:     "The signal may be weak, the message held back by a filter, or slow to come; no try was used.",
			},
			Remedies: remedies(CheckNetwork, OtherPhone, OtherMethod, RetryLater),
		},
		{
			Code: ResultPending, Kind: KindTechnical, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "核验结果正在确认",
				Traditional: "核驗結果正在確認",
				English:     "The result is on its way",
			},
			Cause: identity.Text{
				Chinese:     "核验已提交，正在等待结果；重复提交或刷新页面不会更快。",
				Traditional: "核驗已提交，正在等待結果；重複提交或重新整理頁面不會更快。",
				English: "The check was made and its result is being fetched; submitting again or reloading the page " +
					"does not speed it up.",
			},
			Remedies: remedies(WaitResult, RetryLater),
		},
	}
}
