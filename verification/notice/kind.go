package notice

// Kind is what a person consents to. Each kind needs a consent of its own (R34,
// PIPL art. 14, 23, 29).
type Kind string

// The kinds.
const (
	Rules    Kind = "rules"     // 个人信息处理规则
	Face     Kind = "face"      // use of the face
	BankCard Kind = "bank_card" // use of bank-card data
	Document Kind = "document"  // comparing the document with a data source or its authority
	Handover Kind = "handover"  // handover of the answer to the registry
	Remember Kind = "remember"  // remembering the document for the account; no check needs it

	DocumentPhoto Kind = "document_photo" // reading the photos of a document in an appeal; no check needs it
	OwnerCheck    Kind = "owner_check"    // comparing the document with the channel's record of the account's owner; no check needs it
	Registration  Kind = "registration"   // the agreement with a registered user; no check needs it
)

// Kinds returns all kinds.
func Kinds() []Kind {
	return []Kind{Rules, Face, BankCard, Document, Handover, Remember, OwnerCheck, DocumentPhoto, Registration}
}
