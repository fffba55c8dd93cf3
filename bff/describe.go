package bff

import "github.com/danielgtaylor/huma/v2"

// introduction is what a reader of the contract has to know first.
const introduction = `A person proves who they are, sees what a company registration expects of them, and signs it; the registration authority gets signed answers back.

**A person's client** opens a session, accepts the notices, passes a verification for ` + "`access`" + ` and accepts the captured picture; for an hour it then sees the person's todos. Each answer needs a verification of its own, for ` + "`confirm`" + `.

**A registry** pushes cases and reads events; its requests are signed.

Bodies are JSON in UTF-8: one document, no repeated and no unknown members, no null, whole numbers. Times are RFC 3339 in UTC. Ids are opaque. Values that end in ` + "`_masked`" + ` are for showing only. Enumerations in answers are open: decide by ` + "`kind`" + ` where a value is not known. Accept-Language chooses between zh-Hans (default), zh-Hant and en. HEAD works wherever GET does, and counts as neither shown nor fetched.

A check that did not pass is an answer (200), no problem. Problems are RFC 9457 documents: decide by ` + "`code`" + `; tell support the ` + "`request_id`" + `. After 429 and 503 wait as long as Retry-After says.

Calls that take an Idempotency-Key are done once per key: repeat one whose answer was lost with the same key and the same body, and you get the first answer, marked by Idempotency-Replayed. Errors are not kept, so that they may be repeated too.`

// strokesForm says how a handwriting is written down; todo.Strokes has the rules.
const strokesForm = "`strokes` is base64url without padding over unsigned varints (seven bits per byte, lowest first, no spare bytes): " +
	"version 1; width and height of the canvas, 1 to 4096; the number of strokes, 1 to 256; for each stroke the number of its points, " +
	"4096 in all; for each point dx and dy from the point before in zigzag form (0, -1, 1, -2 as 0, 1, 2, 3) and dt, the milliseconds since " +
	"that point. The first point counts from (0, 0) with dt 0; strokes go on from the last point of the one before. Points lie on the canvas. " +
	"A tap or a slip of the finger is no signature, and each confirmation needs one of its own."

func groups() []*huma.Tag {
	return []*huma.Tag{
		{Name: groupSession, Description: "Who is calling."},
		{Name: groupNotice, Description: "What a person is told and agrees to."},
		{Name: groupVerification, Description: "Who the person is."},
		{Name: groupTodo, Description: "What the person has to answer, and the answers."},
		{Name: groupRegistry, Description: "For registration authorities' systems. Every request is signed."},
		{Name: groupSupport, Description: "Help for whoever is stuck, with a session or without."},
		{Name: groupService, Description: "For everybody."},
	}
}

// describe gives what the contract says of a call beyond its summary.
func describe(id string) string {
	return map[string]string{
		"openSession":       "Exchanges the channel's authorization code. The token is shown once. A session shows nothing about anybody's todos; at most three live for an account. A repetition with the same key gets a new token of the same session.",
		"getSession":        "The session with its live access grant, the prefilled document and the verification that is under way, where there are such.",
		"closeSession":      "Ends the session with its access grant and its open verifications. Twice is no error.",
		"webLogin":          "Sends the browser to the page where the channel asks the person. Off unless configured.",
		"webCallback":       "The channel sends the browser here. A session is opened for the browser that began, as a cookie that scripts cannot read; then the client is shown, with `?login=failed` or `?login=unavailable` where none was.",
		"prefill":           "Optional: what the channel knows of the account's owner stays on the server for ten minutes and is shown masked. Typing by hand always works.",
		"listNotices":       "Which notices a flow needs, in the order to show them. Cacheable.",
		"listConsents":      "The consents of this account that are alive.",
		"acceptNotices":     "Records that the person accepted each notice as it was shown, by its hash. A consent is good for 24 hours.",
		"withdrawConsent":   "Voids the account's open verifications and ends its access. It undoes no confirmation.",
		"startVerification": "For `access` with a typed document or the prefilled one; for `confirm` with todo, revision and digest as they were shown to this session. A `confirm` verification is of the person of the access grant. It ends with the grant, and is then not found. An open verification of the same purpose is voided.",
		"getVerification":   "State, next step, failure with remedies, tries left, consents missing.",
		"voidVerification":  "Ends it with the access made from it: the person starts again, or cancels a confirmation. Twice is no error.",
		"startFace":         "201 with what the client must call, or 200 where the provider could not begin. A new attempt closes an open one. What the client is told by that call is a hint only; ask for the result.",
		"finishFace":        "The server asks the provider itself. 202 while there is no answer: ask again after Retry-After.",
		"checkBankCard":     "Asks the data source once, after the face has passed. Where no answer comes, the attempt is `unresolved` and is not counted.",
		"checkFourElements": "Asks the data source once whether name, number and validity belong together, after the face has passed. What is typed for it is kept no longer than the attempt.",
		"checkDocument":     "Asks the authority that issued the document, after the face has passed. 202 while there is no answer: the server goes on asking. Read the verification until the check is no longer running, or repeat the call with a new key: as long as there is no answer that uses no further try.",
		"getPortrait":       "The picture of the passed face, to show for acceptance. Never stored by the client. 404 where the provider gave none; the person then accepts without one.",
		"getAlerts":         "What the person agreed to be told. Empty where the channel sends no messages.",
		"agreeToAlert":      "Call it when the channel's client says that the person agreed: one message for each agreement, when a todo arrives for the person whom this session may see. It names neither person nor enterprise.",
		"endAlerts":         "Takes back all agreements of this account. Twice is no error.",
		"acceptPortrait":    "Opens the person's todos to this session for an hour. Twice gives the same access.",
		"getSupport":        "For everybody: the service account, the QR code, the service window. Cacheable.",
		"getSupportQR":      "A picture to save and to open in WeChat. 404 where there is neither a service account nor a picture of the operator's. Cacheable for minutes; the code is good for an hour at least.",
		"searchFAQ":         "All questions, those that fit `q` best, or the one that answers for `failure`. Cacheable.",
		"openTicket":        "201 for a new ticket, 200 for the one that the account has: it gets this context. It holds what went wrong, nothing about anybody, and ends after seven days.",
		"getTicket":         "404 where it is another account's or has ended.",
		"getTicketQR":       "Whoever scans it in WeChat is answered for this ticket's failure. Made when it is asked for, good for a day, made anew after that. A fixed picture where the service account is not there; 404 where there is no picture at all.",
		"checkWeChat":       "Answers `echostr` where the signature is right and of this time.",
		"receiveWeChat":     "The body is the encrypted envelope of WeChat's safe mode, 64 KiB at most. Answered within five seconds, encrypted too; a message that comes again is answered once, then by `success`. What is plain, unsigned, late or has come before is refused and changes nothing.",
		"listFailures":      "The catalogue: prompt, cause and remedies of every failure. Cacheable.",
		"listTodos":         "Whatever their state. Where the registry has the document under another name, only that is told.",
		"getTodo":           "All that is shown and digested. Reading it in this session is what makes its confirmation possible.",
		"confirmTodo":       "Consumes the verification and seals the answer, at most once per revision, whatever is repeated. The same key and body get the same answer.\n\n" + strokesForm,
		"refuseTodo":        "Final for this revision. Needs neither a second face nor a signature.",
		"listConfirmations": "The person's own answers, newest first.",
		"getConfirmation":   "Of this person only.",
		"getReceipt":        "A signed statement without personal data, with the key that sealed it. `bff verify` checks it offline.",
		"pushCase":          "The same revision with the same content changes nothing; a lower one, or the same with other content, is a conflict. With a higher one, a signer whose content changed gets a new todo with a new window of seven days; given answers stay evidence of their revision.",
		"getCase":           "With the newest todo of each signer.",
		"withdrawCase":      "For good. Open todos end; answers stay. Twice is no error.",
		"getEvidence":       "Portrait, handwriting, content as shown, and the salts behind the receipt. Each reading is audited; the portrait goes 30 days after the first.",
		"closeSigner":       "The registry's own statement, sealed as such. Twice gives the same answer.",
		"listFeed":          "Everything that happened to this registry's cases, in order and without gaps; the same events are pushed to its call-back address.",
		"redeliver":         "Whether it was delivered or given up.",
		"listKeys":          "Published ahead of their use and never removed.",
		"health":            "For probes; looks at nothing behind the process.",
		"ready":             "For load balancers. An answer is reused for a second.",
		"openapiYAML":       "OpenAPI 3.1.",
		"openapiJSON":       "OpenAPI 3.1.",
		"docs":              "Works without any other network.",
		"docsScript":        "Loaded by the page.",
		"docsStyle":         "Loaded by the page.",
	}[id]
}
