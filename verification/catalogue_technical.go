package verification

func technicalEntries() []Entry { return append(busyEntries(), limitEntries()...) }

// busyEntries are nobody's fault but ours or the provider's (M-48).
func busyEntries() []Entry {
	return []Entry{
		{
			Code: ProviderBusy, Kind: KindTechnical, Retryable: true,
			Prompt:   Text{Chinese: "验证失败，系统繁忙，请稍后重试", English: "The system is busy, please try again later"},
			Cause:    Text{Chinese: "提供核验的系统暂时没有受理，不计次数。", English: "The checking system did not take the request; no try was used."},
			Remedies: remedies(RetryLater, OtherMethod),
		},
		{
			Code: TryAgainLater, Kind: KindTechnical, Retryable: true,
			Prompt: Text{Chinese: "验证失败，请稍后重试", English: "Verification did not succeed, please try again later"},
			Cause: Text{
				Chinese: "遇到技术问题，不计次数；可以重启应用后再试。",
				English: "There was a technical problem and no try was used; restarting the app may help.",
			},
			Remedies: remedies(RetryLater, OtherMethod),
		},
	}
}

// limitEntries are answers without a provider.
func limitEntries() []Entry {
	return []Entry{
		{
			Code: TriesExhausted, Kind: KindLimit,
			Prompt:   Text{Chinese: "可用次数已用完", English: "No tries are left"},
			Cause:    Text{Chinese: "为防止冒用身份，核验次数有上限。", English: "The number of tries is limited so that identities are not misused."},
			Remedies: remedies(RetryLater, OtherMethod),
		},
		{
			Code: CheckSwitchedOff, Kind: KindRoute,
			Prompt:   Text{Chinese: "该核验方式暂停服务", English: "This check is out of service at present"},
			Cause:    Text{Chinese: "该核验方式因维护等原因暂停，不计次数。", English: "It is paused, for maintenance for example; no try was used."},
			Remedies: remedies(RetryLater, OtherMethod),
		},
		{
			Code: RouteMissing, Kind: KindRoute,
			Prompt:   Text{Chinese: "当前渠道暂不支持该证件的线上核验", English: "This document cannot be verified online in this channel"},
			Cause:    Text{Chinese: "该证件在当前渠道没有可用的核验方式。", English: "There is no way to check this document here yet."},
			Remedies: remedies(OtherMethod),
		},
	}
}
