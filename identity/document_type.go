package identity

import (
	"slices"
)

// DocumentType is a type of identity document. Its value is the word on the wire and
// in the database.
type DocumentType string

// The types of documents that this service supports.
const (
	// ResidentID is the resident identity card (居民身份证), GB 11643.
	ResidentID DocumentType = "resident_id"
	// Passport is the PRC passport of overseas Chinese (华侨持用护照). Foreign passports
	// are not supported.
	Passport DocumentType = "passport"
	// HKMacauPermit is the mainland travel permit for Hong Kong and Macau residents (回乡证).
	HKMacauPermit DocumentType = "hk_macau_permit"
	// TaiwanPermit is the mainland travel permit for Taiwan residents (台胞证).
	TaiwanPermit DocumentType = "taiwan_permit"
	// HKMacauResidencePermit is the mainland residence permit for Hong Kong and Macau residents.
	HKMacauResidencePermit DocumentType = "hk_macau_residence_permit"
	// TaiwanResidencePermit is the mainland residence permit for Taiwan residents.
	TaiwanResidencePermit DocumentType = "taiwan_residence_permit"
	// ForeignPermanentResident is the foreigner's permanent residence ID card (外国人永久居留身份证).
	ForeignPermanentResident DocumentType = "foreign_permanent_resident"
)

// DocumentTypes returns all types, the most frequent first. The slice is the caller's
// own.
func DocumentTypes() []DocumentType {
	return []DocumentType{
		ResidentID, Passport, HKMacauPermit, TaiwanPermit,
		HKMacauResidencePermit, TaiwanResidencePermit, ForeignPermanentResident,
	}
}

// Valid reports whether t is one of DocumentTypes.
func (t DocumentType) Valid() bool { return slices.Contains(DocumentTypes(), t) }
