package verification

// identityEntries are the failures of who somebody is. Name, number and absence
// of a record share one answer, so that nobody can find out which it was (R13).
func identityEntries() []Entry {
	return []Entry{
		{
			Code: IdentityNotConfirmed, Kind: KindIdentity, Counted: true,
			Prompt: Text{Chinese: "身份验证失败", English: "Your identity could not be confirmed"},
			Cause: Text{
				Chinese: "可能是姓名或证件号码填写有误，也可能是数据源中暂时查不到相应信息。",
				English: "The name or the document number may be mistyped, or the data source may hold no matching record yet.",
			},
			Remedies: remedies(CheckInput, RetryLater),
		},
		{
			Code: AccountOwnerDiffers, Kind: KindAccount,
			Prompt: Text{
				Chinese: "身份验证失败，请由账号本人办理",
				English: "Your identity could not be confirmed: the account belongs to somebody else",
			},
			Cause: Text{
				Chinese: "填写的身份信息与当前账号的实名信息不一致：可能填写有误，也可能不是本人使用该账号。",
				English: "What was typed differs from the verified owner of this account: " +
					"it may be mistyped, or the account may not be your own.",
			},
			Remedies: remedies(CheckInput, UseOwnAccount),
		},
		{
			Code: GuardianRequired, Kind: KindGuardian,
			Prompt: Text{Chinese: "未满18周岁，请由监护人陪同到窗口办理", English: "Under 18: please come to the window with a guardian"},
			Cause: Text{
				Chinese: "未成年人的个人信息须由监护人同意后才能处理，本服务没有保存所填信息。",
				English: "Personal data of minors may be processed only with a guardian’s consent. Nothing that was entered is kept.",
			},
			Remedies: remedies(),
		},
	}
}
