package failure

import "renzheng/identity"

// identityEntries are the failures of who somebody is. Name, number, validity and
// absence of a record share one answer, so that nobody can find out which it
// was (R13).
func identityEntries() []Entry {
	return []Entry{
		{
			Code: IdentityNotConfirmed, Kind: KindIdentity, Counted: true,
			Prompt: identity.Text{
				Chinese:     "身份验证失败",
				Traditional: "身份驗證失敗",
				English:     "Your identity could not be confirmed",
			},
			Cause: identity.Text{
				Chinese:     "姓名、证件号码、有效期的填写可能有误，也可能是数据源中暂时查不到相应信息；新近换领证件的，信息可能尚未同步。",
				Traditional: "姓名、證件號碼、有效期的填寫可能有誤，也可能是數據源中暫時查不到相應資料；新近換領證件的，資料可能尚未同步。",
				English: "Name, document number or validity may be mistyped, or the data source may hold no matching " +
					"record yet, as happens after a document was renewed.",
			},
			Remedies: remedies(CheckInput, CheckSpelling, CheckValidity, OtherMethod, RetryLater),
		},
		{
			Code: AccountOwnerDiffers, Kind: KindAccount,
			Prompt: identity.Text{
				Chinese:     "身份验证失败，请由账号本人办理",
				Traditional: "身份驗證失敗，請由賬號本人辦理",
				English:     "Your identity could not be confirmed; please use your own account",
			},
			Cause: identity.Text{
				Chinese:     "填写的身份信息与当前账号的实名信息不一致：可能填写有误，也可能不是本人使用该账号。",
				Traditional: "填寫的身份資料與當前賬號的實名資料不一致：可能填寫有誤，也可能不是本人使用該賬號。",
				English: "What was typed differs from the verified owner of this account: it may be mistyped, or the " +
					"account may not be your own.",
			},
			Remedies: remedies(CheckInput, UseOwnAccount),
		},
		{
			Code: AccountLimit, Kind: KindAccount,
			Prompt: identity.Text{
				Chinese:     "该账号今日办理人数已达上限",
				Traditional: "該賬號今日辦理人數已達上限",
				English:     "This account has stood for too many people today",
			},
			Cause: identity.Text{
				Chinese:     "为防止冒用身份，同一账号每日可核验的人数有上限，不计次数。",
				Traditional: "為防止冒用身份，同一賬號每日可核驗的人數有上限，不計次數。",
				English: "To keep identities from being misused, one account may stand for a few people a day only; " +
					"no try was used.",
			},
			Remedies: remedies(UseOwnAccount, RetryLater),
		},
		{
			Code: RiskRefused, Kind: KindIdentity,
			Prompt: identity.Text{
				Chinese:     "本次核验未被受理，请换其他方式办理",
				Traditional: "本次核驗未被受理，請換其他方式辦理",
				English:     "This verification was not accepted, please use another way",
			},
			Cause: identity.Text{
				Chinese:     "提供核验的系统出于安全考虑没有受理，不计次数；重复提交不会改变结果。",
				Traditional: "提供核驗的系統出於安全考慮沒有受理，不計次數；重複提交不會改變結果。",
				English: "The checking system declined it for reasons of safety. No try was used, and submitting it " +
					"again changes nothing.",
			},
			Remedies: remedies(OtherMethod),
		},
		{
			Code: GuardianRequired, Kind: KindGuardian,
			Prompt: identity.Text{
				Chinese:     "未满18周岁，请由监护人陪同到窗口办理",
				Traditional: "未滿18周歲，請由監護人陪同到窗口辦理",
				English:     "Under 18: please come to the window with a guardian",
			},
			Cause: identity.Text{
				Chinese:     "未成年人的个人信息须由监护人同意后才能处理，本服务没有保存所填信息。",
				Traditional: "未成年人的個人資料須由監護人同意後才能處理，本服務沒有保存所填資料。",
				English: "Personal data of minors may be processed only with a guardian’s consent. Nothing that was " +
					"entered is kept.",
			},
			Remedies: remedies(),
		},
	}
}
