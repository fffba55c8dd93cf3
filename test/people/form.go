package people

import "renzheng/identity"

// Form is a kind of document number. A document type with two kinds has two forms.
type Form string

// The forms.
const (
	ResidentID            Form = "resident_id"
	Passport              Form = "passport"
	HKMacauPermit         Form = "hk_macau_permit"
	TaiwanPermit          Form = "taiwan_permit"
	HKMacauResidence      Form = "hk_macau_residence_permit"
	TaiwanResidence       Form = "taiwan_residence_permit"
	PermanentResidentCard Form = "foreign_permanent_resident"
	PermanentResidentOld  Form = "foreign_permanent_resident_15"
)

// shape is one row of the table of forms.
type shape struct {
	form    Form
	kind    identity.DocumentType
	label   string // for docs/sandbox.md
	prefix  string // of the number, before the digits of the fate
	serials int    // digits after them; 0 = birth date, sequence and check character
	suffix  string // typed after the number, and dropped by the server
	family  string // "" = that of the fate
	given   string
	latin   bool // the syllable that distinguishes persons is a Latin word
}

// shapes is the table of all forms, in the order to show them. None of the numbers
// was ever assigned: the areas do not exist, and the letters are followed by a fate
// instead of a running number.
func shapes() []shape {
	return []shape{
		{form: ResidentID, kind: identity.ResidentID, label: "居民身份证", prefix: "1199"},
		{form: Passport, kind: identity.Passport, label: "华侨护照", prefix: "E", serials: 6, family: "林", given: "·海外"},
		{form: HKMacauPermit, kind: identity.HKMacauPermit, label: "港澳居民来往内地通行证", prefix: "H", serials: 6, suffix: "02", family: "欧阳", given: "港"},
		{form: TaiwanPermit, kind: identity.TaiwanPermit, label: "台湾居民来往大陆通行证", serials: 6, family: "张简", given: "台"},
		{form: HKMacauResidence, kind: identity.HKMacauResidencePermit, label: "港澳居民居住证", prefix: "8199", family: "司徒", given: "港"},
		{form: TaiwanResidence, kind: identity.TaiwanResidencePermit, label: "台湾居民居住证", prefix: "8399", family: "范姜", given: "台"},
		{form: PermanentResidentCard, kind: identity.ForeignPermanentResident, label: "外国人永久居留身份证（18 位）", prefix: "9999", family: "史密斯", given: "·样"},
		{form: PermanentResidentOld, kind: identity.ForeignPermanentResident, label: "外国人永久居留证（15 位）", prefix: "ZZZ", serials: 10, family: "JANE", given: " SAMPLE ", latin: true},
	}
}

// Forms returns all forms in the order to show them.
func Forms() []Form {
	all := shapes()
	forms := make([]Form, len(all))
	for i, s := range all {
		forms[i] = s.form
	}
	return forms
}

func shapeOf(form Form) (shape, bool) {
	for _, s := range shapes() {
		if s.form == form {
			return s, true
		}
	}
	return shape{}, false
}

// dated reports whether the number contains birth date, sequence and check character.
func (s shape) dated() bool { return s.serials == 0 }

// space returns the number of persons of a fate.
func (s shape) space() int {
	if s.dated() {
		return MaxSerial + 1
	}
	return 1_000_000
}
