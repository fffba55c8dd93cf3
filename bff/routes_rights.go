package bff

import "renzheng/bff/problem"

func rightsOperations(h *handlers, g guards) []operation {
	return []operation{
		{
			id: "getMyData", route: "GET /v1/me/data", group: groupRights,
			summary:     "Read what is stored about me",
			description: "Returns every kind of data that is stored about the person, why, on which legal basis and until when, and what an erasure would leave, with the ground and the end.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.getMyData),
		},
		{
			id: "listMyAccesses", route: "GET /v1/me/accesses", group: groupRights,
			summary:     "List who looked at my data",
			description: "Returns which authority read the evidence of the person's answers, in which role, for which purpose and when, newest first. Evidence is the only personal data that an authority reads here. An entry may be shown later where the law allows it; then it says why and since when.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.listMyAccesses),
		},
		{
			id: "getMyActivity", route: "GET /v1/me/activity", group: groupRights,
			summary:     "Read what happened under my number",
			description: "Returns every verification and every case under the person's document number, from any channel and any account, and the freezes of the number. Of other accounts it shows channel, time and how far they came, and nothing else. Of a case that has the number under another name it shows the authority and the time.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.getMyActivity),
		},
		{
			id: "exportMe", route: "GET /v1/me/export", group: groupRights,
			summary:     "Download a copy of my data",
			description: "Returns a ZIP file with everything that is stored about the person: `data.json` for programs, `index.html` to be read, the receipts of the person's answers, and the pictures. It is made for the call and not stored. An answer that breaks off is no copy. An account may make 10 in 24 hours.",
			guards:      []guard{g.session, g.access}, mediaTypes: []string{zipType},
			handler: handle(h.exportMe),
		},
		{
			id: "requestCorrection", route: "POST /v1/me/corrections", group: groupRights,
			summary:     "Ask for a correction",
			description: "Asks the operator to correct something that is stored about the person. What a registration authority pushed is corrected by that authority, to which the operator passes it on. The text is encrypted, and deleted with the person or three years after the answer. An account may ask 5 times in 24 hours.",
			guards:      []guard{g.session, g.access, g.key}, bodyLimit: formBytes, status: 201,
			handler: handle(h.requestCorrection),
		},
		{
			id: "listMyCorrections", route: "GET /v1/me/corrections", group: groupRights,
			summary:     "List my requests for correction",
			description: "Returns the person's requests with their outcome and its ground, newest first.",
			guards:      []guard{g.session, g.access},
			handler:     handle(h.listMyCorrections),
		},
		{
			id: "eraseMe", route: "POST /v1/me/erasure", group: groupRights,
			summary:     "Erase me",
			description: "Erases the person and the account, and ends the session. What has a ground to stay is listed with its end and erased then. Used tries stay used. Idempotent. If the answer is lost, read the erasure under the id that getMyData returned.",
			guards:      []guard{g.session, g.access}, bodyLimit: formBytes,
			handler: handle(h.eraseMe),
		},
		{
			id: "getErasure", route: "GET /v1/erasures/{id}", group: groupRights,
			summary:     "Read how far an erasure is",
			description: "For anybody who has the id, because the session has ended. It contains nothing personal.",
			codes:       []string{problem.NotFound},
			handler:     handle(h.getErasure),
		},
		{
			id: "freezeMe", route: "POST /v1/freeze", group: groupRights,
			summary:     "Freeze my number",
			description: "Freezes the document number of the person. Every access grant ends, verifications that have not been used are voided, and until the freeze is lifted no verification under this number passes, from any account. The registries of open todos get `signer.frozen`. The person's own access ends too, so that a repetition gets `access_required`: read `GET /v1/freeze` if the answer is lost.",
			guards:      []guard{g.session, g.access}, bodyLimit: formBytes,
			handler: handle(h.freezeMe),
		},
		{
			id: "listFreezes", route: "GET /v1/freeze", group: groupRights,
			summary:     "List the freezes that this account has placed",
			description: "Returns the freezes in force that were placed from the account of the session. They do not say whose number is frozen.",
			guards:      []guard{g.session},
			handler:     handle(h.listFreezes),
		},
		{
			id: "liftFreeze", route: "POST /v1/freeze/lift", group: groupRights,
			summary:     "Lift the freeze of my number",
			description: "Lifts the freeze by a verification with the purpose `lift` that this session has passed as the same person within ten minutes, from any account. It takes the same checks as access, done anew, and is used up. Idempotent. It gives no access: that takes a verification of its own.",
			guards:      []guard{g.session}, bodyLimit: formBytes,
			codes:   []string{problem.NotFound, problem.NotFrozen, problem.NotLifting},
			handler: handle(h.liftFreeze),
		},
	}
}
