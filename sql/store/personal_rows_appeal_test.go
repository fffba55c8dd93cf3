package store_test

// exemptAppeals returns statements on appeals. A person appeals because there is no grant, so an appeal is the account's.
func exemptAppeals() []exemption {
	return []exemption{
		{"appeals of the account, which show no document and no file", "account_id = ?", []string{
			"Appeal: SELECT appeals, consents, data_keys, verifications", "Appeals: SELECT appeals, consents, data_keys, verifications", "Material: SELECT appeal_materials", "OpenAppeal: SELECT appeals, consents, data_keys, verifications",
			"ClaimMaterial: UPDATE appeal_materials, appeals", "PutPart: UPDATE appeal_materials, appeals", "rejectOften: SELECT appeal_materials", "RemoveMaterial: SELECT appeal_materials", "stepAppeal: SELECT appeals",
			"AgreeToReading: UPDATE appeals, consents", "ClaimReading: INSERT appeal_materials, appeal_readings, appeals, consents", "whyNotClaimed: SELECT appeal_materials, appeal_readings",
			"forgetReadings: DELETE appeal_readings, appeals",
		}},
		{"the document that was typed for the verification of an appeal which a reviewer reads; whether it agrees is shown, and nothing of it", "v.id = ? AND v.account_id = ? AND v.subject_id = ?", []string{
			"typedDocument: SELECT data_keys, verifications",
		}},
		{"whose verification of the account an appeal is about; only whether there is one is returned", "v.account_id = ?", []string{"bindAppeal: SELECT checks, verifications"}},
		{"of the appeal that the same call found or changed by its account, or as a reviewer", "id = ?", []string{
			"addMessage: SELECT appeal_messages", "addReadings: SELECT appeal_readings", "changeReading: SELECT appeal_readings", "endReadings: SELECT appeal_readings", "forgetWithdrawnReadings: DELETE appeal_readings, appeals, consents", "ClaimMaterial: SELECT appeal_materials, appeal_parts", "hasRequired: SELECT appeal_materials", "holdAppeal: SELECT appeals", "retagAppeal: SELECT appeals", "storedDigest: SELECT appeals", "heldMaterial: SELECT appeal_materials", "materialsOf: SELECT appeal_materials",
			"materialsWithin: SELECT appeal_materials", "messagesOf: SELECT appeal_messages", "receivedOf: SELECT appeal_parts", "ReadPart: SELECT appeal_parts, data_keys",
		}},
		{"whose material the call has claimed; nothing of the appeal is returned", "m.id = ?", []string{"FinishMaterial: UPDATE appeal_materials, appeals"}},
		{"follows the change that names the account", "x.id = ?", []string{"AddMaterial: SELECT appeals"}},
		{"of a reviewer, who must be another person; the reading is recorded first", "", []string{
			"Queue: SELECT appeals, staff_persons, subject_keys", "ReadAppeal: SELECT appeals, consents, data_keys, verifications", "ReadAppeal: UPDATE appeals, staff_persons, subject_keys", "addReturn: SELECT appeals, data_keys",
			"LookAgain: SELECT appeals, staff_persons, subject_keys", "LookAgain: UPDATE appeals, staff_accesses, staff_persons, subject_keys",
			"SealedAppeal: SELECT appeals, staff_persons, subject_keys", "reviewStep: SELECT appeals, staff_persons, subject_keys",
		}},
		{"a step of a reviewer to whom the appeal was shown as it is", "turn = ?", []string{
			"Ask: UPDATE appeals, staff_accesses", "Propose: UPDATE appeals, staff_accesses", "SendBack: UPDATE appeals, staff_accesses",
			"Approve: UPDATE appeals, staff_accesses, staff_persons", "unapproved: SELECT appeals", "unread: SELECT appeals",
		}},
		{"of the purge and of erasures; nothing of it is returned", "", []string{
			"allDue: SELECT appeal_materials", "allDue: SELECT appeals", "dropAppeals: DELETE appeal_messages, appeals", "dropAppeals: DELETE appeals, data_keys",
			"dropMaterials: DELETE appeal_materials, appeal_parts", "dropMaterials: DELETE appeal_materials, data_keys", "dropMaterials: DELETE appeal_materials, appeal_readings",
			"purgeAppeals: SELECT appeals", "purgeAppeals: UPDATE appeals, legal_holds", "purgeMaterials: UPDATE appeal_materials, legal_holds",
		}},
		{"of the account of the live grant, and of its subject or nobody", "g.session_id = ? AND g.subject_id = ? AND g.ended_at = 0 AND g.until > ?", []string{
			"exportParts: SELECT appeal_materials, appeals, grants", "exportParts: SELECT appeal_readings, appeals, grants", "exportParts: SELECT appeal_messages, appeals, grants", "exportParts: SELECT appeals, grants",
			"exportParts: SELECT appeals, grants, staff_accesses",
		}},
	}
}
