package people

// Fate is what happens to a person.
type Fate string

// The fates.
const (
	Passes           Fate = "passes"
	FaceDiffers      Fate = "face_differs"
	NoPhoto          Fate = "no_photo"
	PoorLight        Fate = "poor_light"
	CardDiffers      Fate = "card_differs"
	NetworkBusy      Fate = "network_busy"
	CardUnresolved   Fate = "card_unresolved"
	FaceUnknown      Fate = "face_unknown"
	OwnerDiffers     Fate = "owner_differs"
	DottedName       Fate = "dotted_name"
	RareName         Fate = "rare_name"
	ThreeRoles       Fate = "three_roles"
	Declines         Fate = "refuses"
	CaseNameDiffers  Fate = "case_name_differs"
	NoPortrait       Fate = "no_portrait"
	Minor            Fate = "minor"
	Child            Fate = "child"
	Mistypes         Fate = "mistypes"
	ChangesMind      Fate = "changes_mind"
	UncertifiedOwner Fate = "uncertified"
	OtherFace        Fate = "other_face"
	NoRecord         Fate = "no_record"
	DocumentExpired  Fate = "document_expired"
	LongTerm         Fate = "long_term"
	DocumentDiffers  Fate = "document_differs"
	GatewayBusy      Fate = "gateway_busy"
	OddVerdict       Fate = "odd_verdict"
	TokenEnds        Fate = "token_ends"
	AsksForHelp      Fate = "asks_for_help"
	IsTold           Fate = "is_told"
	Represents       Fate = "represents"
	IsRemembered     Fate = "is_remembered"
	ChecksOwner      Fate = "checks_owner"
	Freezes          Fate = "freezes"
	Registers        Fate = "registers"
)

// Prefill is what an account reveals about its owner.
type Prefill string

// The prefills.
const (
	GivesOwner   Prefill = "gives"   // name and number
	GivesNothing Prefill = "nothing" // the application lacks the permission
	Uncertified  Prefill = "uncertified"
)

// kind is one row of the table of fates.
type kind struct {
	fate    Fate
	area    string // the fifth and sixth digit of the number
	family  string
	given   string // before the syllable that distinguishes persons
	age     int    // full years on 31 December; 0 = grown up
	prefill Prefill
	story   string // what happens, for docs/sandbox.md
	where   scope  // in addition to the resident ID in Alipay, or instead of it
}

// kinds is the table of all sample persons, in the order to show them.
func kinds() []kind {
	return []kind{
		{Passes, "01", "李", "样", 0, GivesOwner, "一切顺利 · Passes everything.", everywhere},
		{FaceDiffers, "02", "王", "样", 0, GivesOwner, "人像不一致 · The face differs from the record at every try, until no try is left.", everywhere},
		{NoPhoto, "03", "张", "样", 0, GivesNothing, "无留存照片 · There is no photo on record: to the window.", residents},
		{PoorLight, "04", "刘", "样", 0, GivesOwner, "光线不足 · The light is too poor twice; the third face passes.", residents},
		{CardDiffers, "05", "陈", "样", 0, GivesOwner, "银行卡不符 · No bank card is this person's. A card may be queried three times a day, so another card uses up the last try.", alipayResident},
		{NetworkBusy, "06", "杨", "样", 0, GivesNothing, "银行卡网络繁忙 · The card network is busy at every query.", alipayResident},
		{CardUnresolved, "07", "赵", "样", 0, GivesOwner, "银行卡超时 · The first card query is decided, but its answer is lost; the second passes.", alipayResident},
		{FaceUnknown, "08", "黄", "样", 0, GivesOwner, "人脸查询超时 · After each face the first query gets no answer; a later one tells that it passed.", residents},
		{OwnerDiffers, "09", "周", "样", 0, GivesOwner, "账号非本人 · The account belongs to another person: rejected before any provider is called, if the account gave its owner. Typed without that, the face check starts.", alipayResident},
		{DottedName, "10", "阿依古丽", "·样", 0, GivesOwner, "姓名含间隔号 · A name with a dot, typed with one of its many look-alikes.", alipayResident},
		{RareName, "11", "吴", "𠮷样", 0, GivesNothing, "姓名含生僻字 · A name with a character of four bytes.", alipayResident},
		{ThreeRoles, "12", "徐", "样", 0, GivesOwner, "一人三职 · Three roles in one case: three todos, each confirmed on its own.", alipayResident},
		{Declines, "13", "孙", "样", 0, GivesNothing, "不是我办的 · Declines: the application is not this person's.", alipayResident},
		{CaseNameDiffers, "14", "马", "样", 0, GivesOwner, "业务中姓名不同 · The case has this number under another name: nothing of it is shown.", alipayResident},
		{NoPortrait, "15", "朱", "样", 0, GivesNothing, "未返回照片 · Alipay returns no picture; the person goes on without.", alipayResident},
		{Minor, "16", "胡", "样", 16, GivesNothing, "未满十八周岁 · Under 18: a guardian and the window.", alipayResident},
		{Child, "17", "林", "样", 10, GivesOwner, "未满十四周岁 · Under 14: nothing is kept.", alipayResident},
		{Mistypes, "18", "何", "样", 0, GivesNothing, "姓名输错 · Types the name wrong, begins again and passes.", alipayResident},
		{ChangesMind, "19", "郭", "样", 0, GivesOwner, "中途取消 · Leaves the face check, voids the verification, begins again and passes.", residents},
		{UncertifiedOwner, "20", "罗", "样", 0, Uncertified, "账号未实名 · The account is not certified: no prefill; passes by typing.", alipayResident},
		{OtherFace, "21", "高", "样", 0, GivesOwner, "他人代刷 · Somebody else's face and somebody else's phone first; then the right ones pass.", alipayResident},
		{NoRecord, "22", "梁", "样", 0, GivesNothing, "查无此证 · No record has this document: the same answer as for a mistyped one.", everywhere},
		{DocumentExpired, "23", "宋", "样", 0, GivesNothing, "证件过期 · Types a validity that has ended: rejected before anybody is asked.", everywhere},
		{LongTerm, "24", "郑", "样", 0, GivesNothing, "长期有效 · Types a validity without end, and passes.", residents},
		{DocumentDiffers, "25", "谢", "样", 0, GivesNothing, "证件信息不符 · The authority's record differs from what was typed.", byGateway},
		{GatewayBusy, "26", "韩", "样", 0, GivesNothing, "数据网关繁忙 · The authority's gateway is busy at every try; no try is used up.", byGateway},
		{OddVerdict, "27", "唐", "样", 0, GivesNothing, "未列明的结果 · WeChat answers errcode 0 with a verify_ret that nobody documents: no pass.", wechatResident},
		{TokenEnds, "28", "冯", "样", 0, GivesNothing, "令牌中途失效 · WeChat's access token ends in the middle of the check; the person does not notice.", wechatResident},
		{AsksForHelp, "29", "曹", "样", 0, GivesOwner, "求助技术支持 · The first face is unclear; the service account names the remedy, answers a question and hands over to a human; then passes.", residents},
		{IsTold, "30", "于", "样", 0, GivesNothing, "邀请和新待办提醒 · Follows an invitation to the first case and agrees to be told; Alipay or WeChat delivers one message when the next case is pushed, and none of the one after.", residents},
		{Represents, "31", "董", "样", 0, GivesOwner, "代表法人股东 · Represents a company that is a shareholder, and is a supervisor in person: two todos.", alipayResident},
		{IsRemembered, "32", "袁", "样", 0, GivesNothing, "记住身份信息 · Agrees to be remembered, comes back and types nothing, still shows the face, and is forgotten with one press.", wechatResident},
		{ChecksOwner, "33", "姚", "样", 0, GivesNothing, "核对本人账号 · Agrees that WeChat Pay compares the document with the account: somebody else's is kept out, the own one is filled in and passes.", wechatResident},
		{Freezes, "34", "许", "样", 0, GivesNothing, "冻结号码 · Freezes the number, is stopped by that after the next face, lifts it with all checks done anew, and confirms.", wechatResident},
		{Registers, "35", "邓", "样", 0, GivesNothing, "手机号注册 · Registers in a browser with a phone: enters a wrong code and then the one in the message, is told when the next code is possible, passes the checks at the authority's gateway, and sees the to-dos.", alipayResident},
	}
}

// Fates returns all fates of a resident ID in Alipay, in the order to show them.
func Fates() []Fate {
	var fates []Fate
	for _, r := range Roles() {
		if r.Channel == Alipay && r.Form == ResidentID {
			fates = append(fates, r.Fate)
		}
	}
	return fates
}

func kindOf(fate Fate) (kind, bool) {
	for _, k := range kinds() {
		if k.fate == fate {
			return k, true
		}
	}
	return kind{}, false
}
