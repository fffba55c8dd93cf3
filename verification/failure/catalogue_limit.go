package failure

import "renzheng/identity"

// limitEntries are answers without a provider.
func limitEntries() []Entry {
	return []Entry{
		{
			Code: TriesExhausted, Kind: KindLimit,
			Prompt: identity.Text{
				Chinese:     "可用次数已用完",
				Traditional: "可用次數已用完",
				English:     "No tries are left",
			},
			Cause: identity.Text{
				Chinese:     "为防止冒用身份，核验次数有上限。",
				Traditional: "為防止冒用身份，核驗次數有上限。",
				English:     "The number of tries is limited so that identities are not misused.",
			},
			Remedies: remedies(OtherMethod, RetryLater),
		},
		{
			Code: CheckSwitchedOff, Kind: KindRoute,
			Prompt: identity.Text{
				Chinese:     "该核验方式暂停服务",
				Traditional: "該核驗方式暫停服務",
				English:     "This check is out of service at present",
			},
			Cause: identity.Text{
				Chinese:     "该核验方式因维护等原因暂停，不计次数。",
				Traditional: "該核驗方式因維護等原因暫停，不計次數。",
				English:     "It is paused, for maintenance for example; no try was used.",
			},
			Remedies: remedies(OtherMethod, RetryLater),
		},
		{
			Code: RouteMissing, Kind: KindRoute,
			Prompt: identity.Text{
				Chinese:     "当前渠道暂不支持该证件的线上核验",
				Traditional: "當前渠道暫不支持該證件的線上核驗",
				English:     "This document cannot be verified online in this channel",
			},
			Cause: identity.Text{
				Chinese:     "该证件在当前渠道没有可用的核验方式。",
				Traditional: "該證件在當前渠道沒有可用的核驗方式。",
				English:     "There is no way to check this document here yet.",
			},
			Remedies: remedies(OtherMethod),
		},
		{
			Code: ChannelOff, Kind: KindRoute,
			Prompt: identity.Text{
				Chinese:     "该渠道暂未开通",
				Traditional: "該渠道暫未開通",
				English:     "The channel is not open",
			},
			Cause: identity.Text{
				Chinese:     "当前渠道没有提供服务。",
				Traditional: "當前渠道沒有提供服務。",
				English:     "This channel is not in service.",
			},
			Remedies: remedies(OtherMethod, RetryLater),
		},
	}
}
