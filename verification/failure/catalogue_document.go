package failure

import "renzheng/identity"

// documentEntries are the failures of how a document was given. They judge its
// form alone, before anybody is asked, so that they say which field it is.
func documentEntries() []Entry {
	return []Entry{
		{
			Code: DocumentTypeDiffers, Kind: KindDocument, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "证件类型与证件号码不相符",
				Traditional: "證件類型與證件號碼不相符",
				English:     "Document type and number do not fit",
			},
			Cause: identity.Text{
				Chinese:     "以81、82、83开头的18位号码是港澳台居民居住证的号码，不是居民身份证的号码，不计次数。",
				Traditional: "以81、82、83開頭的18位號碼是港澳台居民居住證的號碼，不是居民身份證的號碼，不計次數。",
				English: "An 18-digit number that begins with 81, 82 or 83 is that of a residence permit for " +
					"residents of Hong Kong, Macau or Taiwan, not of a resident ID card; no try was used.",
			},
			Remedies: remedies(ChooseType, CheckNumber),
		},
		{
			Code: DocumentExpired, Kind: KindDocument,
			Prompt: identity.Text{
				Chinese:     "证件不在有效期内",
				Traditional: "證件不在有效期內",
				English:     "The document is not valid at present",
			},
			Cause: identity.Text{
				Chinese:     "所填证件可能已过期，或已被新的证件取代，不计次数。",
				Traditional: "所填證件可能已過期，或已被新的證件取代，不計次數。",
				English:     "The document may have expired or been replaced by a new one; no try was used.",
			},
			Remedies: remedies(CheckValidity, OtherMethod),
		},
		{
			Code: NameInputWrong, Kind: KindDocument, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "姓名的格式有误",
				Traditional: "姓名的格式有誤",
				English:     "The name cannot be read",
			},
			Cause: identity.Text{
				Chinese:     "姓名中有不能识别的字符，不计次数。",
				Traditional: "姓名中有不能識別的字符，不計次數。",
				English:     "The name has characters that cannot be read; no try was used.",
			},
			Remedies: remedies(CheckSpelling),
		},
		{
			Code: NumberInputWrong, Kind: KindDocument, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "证件号码的格式有误",
				Traditional: "證件號碼的格式有誤",
				English:     "The document number cannot be read",
			},
			Cause: identity.Text{
				Chinese:     "证件号码的位数、字母或校验位不符合该类证件的规则，不计次数。",
				Traditional: "證件號碼的位數、字母或校驗位不符合該類證件的規則，不計次數。",
				English: "Length, letters or check digit do not follow the rules of this type of document; no try was " +
					"used.",
			},
			Remedies: remedies(CheckNumber, ChooseType),
		},
		{
			Code: ValidityInputWrong, Kind: KindDocument, Retryable: true,
			Prompt: identity.Text{
				Chinese:     "证件有效期的格式有误",
				Traditional: "證件有效期的格式有誤",
				English:     "The validity of the document cannot be read",
			},
			Cause: identity.Text{
				Chinese:     "有效期的起止日期不完整或前后颠倒，不计次数。",
				Traditional: "有效期的起止日期不完整或前後顛倒，不計次數。",
				English:     "A date is missing, or the end is not after the start; no try was used.",
			},
			Remedies: remedies(CheckValidity),
		},
		{
			Code: DocumentPhotoUnusable, Kind: KindDocument, Retryable: true, Planned: true,
			Prompt: identity.Text{
				Chinese:     "证件照片无法使用",
				Traditional: "證件照片無法使用",
				English:     "The photo of the document cannot be used",
			},
			Cause: identity.Text{
				Chinese:     "照片可能不清晰、有反光或遮挡、不完整，或不是所填证件的照片，不计次数。",
				Traditional: "照片可能不清晰、有反光或遮擋、不完整，或不是所填證件的照片，不計次數。",
				English: "It may be unclear, reflect light, be covered or incomplete, or show another document than " +
					"the one entered; no try was used.",
			},
			Remedies: remedies(PhotoAgain, CheckInput, OtherMethod),
		},
	}
}
