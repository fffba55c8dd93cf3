package bff

import "renzheng/bff/problem"

// partBytes is the largest body with a part of an upload.
const partBytes = 520 << 10

func appealOperations(h *handlers, g guards) []operation {
	return []operation{
		{
			id: "getChecklist", route: "GET /v1/appeals/checklist", group: groupAppeal,
			summary:     "Read what an appeal against a failure needs",
			description: "Returns the pictures and videos that support an appeal against the failure, and what to try before. If there is no appeal against it, the reason.",
			guards:      []guard{g.session},
			handler:     handle(h.getChecklist),
		},
		{
			id: "openAppeal", route: "POST /v1/appeals", group: groupAppeal,
			summary:     "Appeal against a failure",
			description: "Returns 201 for a new draft, or 200 for the open appeal of this account against the same failure of the same person. An account may open 5 in 24 hours. A draft that is not submitted loses its pictures and videos after 7 days.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes, status: 201, otherStatuses: []int{200},
			codes:   []string{problem.NotFound, problem.NoAppeal},
			handler: handle(h.openAppeal),
		},
		{
			id: "listAppeals", route: "GET /v1/appeals", group: groupAppeal,
			summary:     "List my appeals",
			description: "Returns the appeals of the account with their state, newest first.",
			guards:      []guard{g.session},
			handler:     handle(h.listAppeals),
		},
		{
			id: "getAppeal", route: "GET /v1/appeals/{id}", group: groupAppeal,
			summary:     "Read an appeal",
			description: "Returns state, questions, answers, uploads and the decision. An upload that was interrupted goes on with the parts that are missing in `received`.",
			guards:      []guard{g.session},
			handler:     handle(h.getAppeal),
		},
		{
			id: "withdrawAppeal", route: "DELETE /v1/appeals/{id}", group: groupAppeal,
			summary:     "Withdraw an appeal",
			description: "Ends an appeal that is not decided; its pictures and videos are deleted at once. Idempotent.",
			guards:      []guard{g.session}, status: 204,
			codes:   []string{problem.AppealClosed},
			handler: handle(h.withdrawAppeal),
		},
		{
			id: "addMaterial", route: "POST /v1/appeals/{id}/materials", group: groupAppeal,
			summary:     "Announce a picture or video",
			description: "For an appeal that is a draft or has a question. The file follows in parts of `part_bytes` of the checklist. An appeal may have 12 files of 160 MiB together.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes, status: 201,
			codes:   []string{problem.AppealClosed, problem.AppealFull},
			handler: handle(h.addMaterial),
		},
		{
			id: "putPart", route: "POST /v1/appeals/{id}/materials/{material_id}/parts", group: groupAppeal,
			summary:     "Send a part of a file",
			description: "In any order. A part that is sent again replaces itself. It is encrypted as it arrives.",
			guards:      []guard{g.session}, bodyLimit: partBytes, status: 204,
			codes:   []string{problem.AppealClosed},
			handler: handle(h.putPart),
		},
		{
			id: "completeMaterial", route: "POST /v1/appeals/{id}/materials/{material_id}/completion", group: groupAppeal,
			summary:     "Complete a file",
			description: "Makes a clean copy and deletes what was sent: a picture is decoded and encoded anew, the frames of a video are copied into a new file, without sound. The result is ready, or rejected with the reason. Idempotent.",
			guards:      []guard{g.session},
			codes:       []string{problem.AppealIncomplete, problem.AppealClosed},
			handler:     handle(h.completeMaterial),
		},
		{
			id: "removeMaterial", route: "DELETE /v1/appeals/{id}/materials/{material_id}", group: groupAppeal,
			summary:     "Remove a picture or video",
			description: "For an appeal that is a draft or has a question.",
			guards:      []guard{g.session}, status: 204,
			codes:   []string{problem.AppealClosed},
			handler: handle(h.removeMaterial),
		},
		{
			id: "agreeToReading", route: "POST /v1/appeals/{id}/reading-consent", group: groupAppeal,
			summary:     "Agree that photos of the document are read",
			description: "Records the consent to the notice in `reading`, for this appeal and 24 hours. Without it nothing is sent to a third party, and the reviewers read the photos. Offered while the appeal takes pictures.",
			guards:      []guard{g.session}, bodyLimit: formBytes,
			codes:   []string{problem.AppealClosed, problem.NoticeStale},
			handler: handle(h.agreeToReading),
		},
		{
			id: "withdrawReading", route: "DELETE /v1/appeals/{id}/reading-consent", group: groupAppeal,
			summary:     "Withdraw the consent to the reading of photos",
			description: "What was read is erased at once, unless a reviewer has proposed a decision on it already: then it stays until the pictures are deleted. The account's consents of this kind end in every appeal. Idempotent.",
			guards:      []guard{g.session}, status: 204,
			handler: handle(h.withdrawReading),
		},
		{
			id: "readPhoto", route: "POST /v1/appeals/{id}/materials/{material_id}/reading", group: groupAppeal,
			summary:     "Have a photo of the document read",
			description: "Sends a ready picture of the item document_front or document_back to a third party, at most once, and returns the material with its reading. Requires the consent of the appeal. It may take 15 seconds. A recognizer that is away is no obstacle: the state is then not_read.",
			guards:      []guard{g.session},
			codes:       []string{problem.AppealClosed, problem.ConsentRequired},
			handler:     handle(h.readPhoto),
		},
		{
			id: "correctReading", route: "POST /v1/appeals/{id}/materials/{material_id}/reading/confirmation", group: groupAppeal,
			summary:     "Confirm or correct what was read",
			description: "The person says that the values are as printed, or what is printed instead. A later call replaces an earlier one, while the appeal takes pictures. Reviewers see both.",
			guards:      []guard{g.session}, bodyLimit: formBytes,
			codes:   []string{problem.AppealClosed},
			handler: handle(h.correctReading),
		},
		{
			id: "submitAppeal", route: "POST /v1/appeals/{id}/submission", group: groupAppeal,
			summary:     "Submit an appeal",
			description: "Once everything that the checklist requires is ready. Two reviewers decide within 5 days.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes,
			codes:   []string{problem.AppealIncomplete, problem.AppealClosed},
			handler: handle(h.submitAppeal),
		},
		{
			id: "answerAppeal", route: "POST /v1/appeals/{id}/answer", group: groupAppeal,
			summary:     "Answer a reviewer's question",
			description: "More pictures and videos may be added before.",
			guards:      []guard{g.session, g.key}, bodyLimit: formBytes,
			codes:   []string{problem.AppealClosed, problem.AppealFull},
			handler: handle(h.answerAppeal),
		},
	}
}
