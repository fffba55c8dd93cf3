package failure

import "renzheng/identity"

// busyEntries are nobody's fault but ours or the provider's (M-48).
func busyEntries() []Entry {
	return []Entry{
		{
			Code: ProviderBusy, Kind: KindTechnical, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "验证失败，系统繁忙，请稍后重试",
				Traditional: "驗證失敗，系統繁忙，請稍後重試",
				English:     "The system is busy, please try again later",
			},
			Cause: identity.Text{
				Chinese:     "提供核验的系统暂时没有受理，不计次数。",
				Traditional: "提供核驗的系統暫時沒有受理，不計次數。",
				English:     "The checking system did not take the request; no try was used.",
			},
			Remedies: remedies(OtherMethod, RetryLater),
		},
		{
			Code: TryAgainLater, Kind: KindTechnical, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "验证失败，请稍后重试",
				Traditional: "驗證失敗，請稍後重試",
				English:     "Verification did not succeed, please try again later",
			},
			Cause: identity.Text{
				Chinese:     "遇到技术问题，不计次数。",
				Traditional: "遇到技術問題，不計次數。",
				English:     "There was a technical problem; no try was used.",
			},
			Remedies: remedies(RestartApp, OtherMethod, RetryLater),
		},
	}
}
