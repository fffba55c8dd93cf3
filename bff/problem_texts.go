package bff

import (
	"net/http"

	"renzheng/todo"
	"renzheng/verification"
)

func edgeProblems() []problemKind {
	return []problemKind{
		{
			codeBodyMalformed, http.StatusBadRequest,
			text{"请求内容无法读取", "請求內容無法讀取", "The request cannot be read"},
			text{"请求正文须为一份规范的 JSON 文档，成员不得重复。", "請求正文須為一份規範的 JSON 文檔，成員不得重複。", "Send one JSON document in UTF-8 without repeated members."},
		},
		{
			codeKeyRequired, http.StatusBadRequest,
			text{"缺少幂等键", "缺少幂等鍵", "The Idempotency-Key is missing"},
			text{"请在 Idempotency-Key 头中提供 16 至 64 个可见 ASCII 字符，重试时保持不变。", "請在 Idempotency-Key 頭中提供 16 至 64 個可見 ASCII 字符，重試時保持不變。", "Send 16 to 64 visible ASCII characters, the same ones when you repeat the call."},
		},
		{
			codeKeyReused, http.StatusUnprocessableEntity,
			text{"幂等键已用于其他请求", "幂等鍵已用於其他請求", "The Idempotency-Key was used for another request"},
			text{"不同内容的请求请使用新的幂等键。", "不同內容的請求請使用新的幂等鍵。", "Take a new key for a request with other content."},
		},
		{
			codeKeyRunning, http.StatusConflict,
			text{"相同请求正在处理", "相同請求正在處理", "The same request is being processed"},
			text{"请稍候用同一幂等键重试。", "請稍候用同一幂等鍵重試。", "Wait and repeat the call with the same key."},
		},
		{
			codeCrossSite, http.StatusForbidden,
			text{"不接受其他网站发起的请求", "不接受其他網站發起的請求", "Requests from other sites are not taken"},
			text{"请从本服务的页面操作。", "請從本服務的頁面操作。", "Use the pages of this service."},
		},
		{
			codeNotFound, http.StatusNotFound,
			text{"未找到", "未找到", "Not found"},
			text{"该内容不存在，或不属于您。", "該內容不存在，或不屬於您。", "It is not there, or it is not yours."},
		},
		{
			codeMethod, http.StatusMethodNotAllowed,
			text{"不支持该请求方法", "不支持該請求方法", "The method is not allowed here"},
			text{"请按接口文档使用请求方法。", "請按接口文檔使用請求方法。", "The Allow header lists the methods of this address."},
		},
		{
			codeBodyTooLarge, http.StatusRequestEntityTooLarge,
			text{"请求内容过大", "請求內容過大", "The request is too large"},
			text{"请减少请求正文的大小。", "請減少請求正文的大小。", "Send less; the contract names the limit of each call."},
		},
		{
			codeContentType, http.StatusUnsupportedMediaType,
			text{"不支持该内容类型", "不支持該內容類型", "The content type is not supported"},
			text{"请使用 application/json。", "請使用 application/json。", "Send application/json."},
		},
		{
			codeContentEncoding, http.StatusUnsupportedMediaType,
			text{"不支持该内容编码", "不支持該內容編碼", "The content encoding is not supported"},
			text{"请发送未经压缩的请求正文。", "請傳送未經壓縮的請求正文。", "Send the body as it is, not compressed."},
		},
		{
			codeValuesInvalid, http.StatusUnprocessableEntity,
			text{"部分内容不符合要求", "部分內容不符合要求", "Some values are not valid"},
			text{"请更正列出的项目后重新提交。", "請更正列出的項目後重新提交。", "Correct what is listed and send the request again."},
		},
		{
			codeTooMany, http.StatusTooManyRequests,
			text{"请求过于频繁", "請求過於頻繁", "Too many requests"},
			text{"请稍候再试。", "請稍候再試。", "Wait as long as Retry-After says."},
		},
		{
			codeStateChanged, http.StatusConflict,
			text{"状态已发生变化", "狀態已發生變化", "The state has changed"},
			text{"请重新读取后再操作。", "請重新讀取後再操作。", "Read it again and decide anew."},
		},
		{
			codeUnavailable, http.StatusServiceUnavailable,
			text{"服务暂时不可用", "服務暫時不可用", "Temporarily unavailable"},
			text{"请稍后重试。", "請稍後重試。", "Try again later, with the same key where there is one: nothing is done twice."},
		},
		{
			codeNotReady, http.StatusServiceUnavailable,
			text{"服务尚未就绪", "服務尚未就緒", "Not ready"},
			text{"请稍后重试。", "請稍後重試。", "The server cannot serve requests at the moment."},
		},
		{
			codeInternal, http.StatusInternalServerError,
			text{"系统内部错误", "系統內部錯誤", "Internal error"},
			text{"请稍后重试；如仍有问题，请提供请求编号联系技术支持。", "請稍後重試；如仍有問題，請提供請求編號聯絡技術支持。", "Try again later; if it stays, tell support the request id."},
		},
		{
			codeClientGone, statusClientGone,
			text{"客户端已断开", "客戶端已斷開", "The client has left"},
			text{"请求未能完成。", "請求未能完成。", "The request was not finished."},
		},
	}
}

func personProblems() []problemKind {
	return []problemKind{
		{
			codeSessionRequired, http.StatusUnauthorized,
			text{"请重新登录", "請重新登入", "A session is required"},
			text{"会话不存在或已结束，请重新打开小程序。", "會話不存在或已結束，請重新打開小程序。", "There is no live session; open a new one."},
		},
		{
			codeAccessRequired, http.StatusForbidden,
			text{"请先完成身份核验", "請先完成身份核驗", "The identity check comes first"},
			text{"查看待办事项前需通过身份核验，查看授权一小时内有效。", "查看待辦事項前需通過身份核驗，查看授權一小時內有效。", "Pass a verification for access; it opens the list for an hour."},
		},
		{
			codeConsentRequired, http.StatusForbidden,
			text{"请先阅读并同意告知事项", "請先閱讀並同意告知事項", "Consent is required"},
			text{"请阅读并同意列出的告知事项。", "請閱讀並同意列出的告知事項。", "Show the notices that are listed and send their acceptance."},
		},
		{
			codeClient, http.StatusForbidden,
			text{"手机系统版本过低", "手機系統版本過低", "The device is not supported"},
			text{"需要 Android 4.3 或 iOS 11 及以上版本。", "需要 Android 4.3 或 iOS 11 及以上版本。", "Android 4.3 or iOS 11 or later is needed."},
		},
		{
			codeChannelOff, http.StatusForbidden,
			text{"该渠道暂未开通", "該渠道暫未開通", "The channel is not open"},
			text{"请从已开通的渠道进入。", "請從已開通的渠道進入。", "Use a channel that is in service."},
		},
		{
			codeAuthCode, http.StatusUnprocessableEntity,
			text{"授权已失效", "授權已失效", "The authorization code is not valid"},
			text{"请重新授权。", "請重新授權。", "Codes are used once and expire; get a new one."},
		},
		{
			codeNoticeStale, http.StatusConflict,
			text{"告知事项已更新", "告知事項已更新", "The notice is not in force"},
			text{"请重新读取并阅读当前版本。", "請重新讀取並閱讀當前版本。", "Read the notices again and show the present version."},
		},
		{
			codeRequestUnfit, http.StatusUnprocessableEntity,
			text{"请求内容与核验目的不符", "請求內容與核驗目的不符", "The request does not fit its purpose"},
			text{"查看核验需提供证件或使用预填信息；确认核验需指明待办事项。", "查看核驗需提供證件或使用預填資料；確認核驗需指明待辦事項。", "Access takes a document or the prefill; confirm takes a todo with revision and digest."},
		},
		{
			codeNotShown, http.StatusConflict,
			text{"请先查看业务详情", "請先查看業務詳情", "The content was not shown"},
			text{"请先打开待办事项详情，再进行确认。", "請先打開待辦事項詳情，再進行確認。", "Read the todo in this session before confirming it."},
		},
		{
			codeNoAlerts, http.StatusConflict,
			text{"该渠道不发送提醒", "該渠道不發送提醒", "This channel sends no messages"},
			text{"请定期查看待办事项。", "請定期查看待辦事項。", "Look at the list of todos from time to time."},
		},
	}
}

func verificationProblems() []problemKind {
	state := func(code string, title, detail text) problemKind {
		return problemKind{code, http.StatusConflict, title, detail}
	}
	return []problemKind{
		state(verification.CodeExpired,
			text{"核验已过期", "核驗已過期", "The verification has expired"}, text{"请重新开始核验。", "請重新開始核驗。", "Start a new one."}),
		state(verification.CodeVoided,
			text{"核验已作废", "核驗已作廢", "The verification was voided"}, text{"请重新开始核验。", "請重新開始核驗。", "Start a new one."}),
		state(verification.CodeFailed,
			text{"核验未通过", "核驗未通過", "The verification has failed"}, text{"请查看原因及可行的办法。", "請查看原因及可行的辦法。", "Read it for the cause and the ways on."}),
		state(verification.CodeConsumed,
			text{"核验已使用", "核驗已使用", "The verification was used"}, text{"每次确认需要一次新的核验。", "每次確認需要一次新的核驗。", "Each answer needs a verification of its own."}),
		state(verification.CodePassed,
			text{"核验已通过", "核驗已通過", "The verification has passed already"}, text{"无需再次核验。", "無需再次核驗。", "No check is left to do."}),
		state(verification.CodeAwaiting,
			text{"请确认扫脸图片", "請確認掃臉圖片", "The verification awaits acceptance"}, text{"请确认图片为本人，或重新录入。", "請確認圖片為本人，或重新錄入。", "Accept the portrait or void the verification."}),
		state(verification.CodeOpen,
			text{"核验尚未完成", "核驗尚未完成", "The verification is not finished"}, text{"请先完成所有核验项。", "請先完成所有核驗項。", "Do the next check first."}),
		state(verification.CodeFaceFirst,
			text{"请先完成人脸核验", "請先完成人臉核驗", "The face comes first"}, text{"其他核验须在人脸核验通过后进行。", "其他核驗須在人臉核驗通過後進行。", "The other checks come after the face has passed."}),
		state(verification.CodeEarlierFirst,
			text{"请先完成前一核验项", "請先完成前一核驗項", "Another check comes first"}, text{"请按返回的步骤操作。", "請按返回的步驟操作。", "Do the step that the verification names."}),
		state(verification.CodeCheckDone,
			text{"该核验项已完成", "該核驗項已完成", "The check is done"}, text{"请进行下一步。", "請進行下一步。", "Go on with the next step."}),
		state(verification.CodeNotNeeded,
			text{"无需该核验项", "無需該核驗項", "The check is not needed"}, text{"请按返回的步骤操作。", "請按返回的步驟操作。", "Do the step that the verification names."}),
		state(verification.CodeRunning,
			text{"核验正在进行", "核驗正在進行", "The check is under way"}, text{"请稍候查询结果。", "請稍候查詢結果。", "Wait and read the verification again."}),
		state(verification.CodeSuperseded,
			text{"已有新的尝试", "已有新的嘗試", "A newer attempt took its place"}, text{"请以最新的一次为准。", "請以最新的一次為準。", "Go on with the newest attempt."}),
		state(verification.CodeNoPrefill,
			text{"没有可用的预填信息", "沒有可用的預填資料", "There is no prefilled document"}, text{"请重新授权，或手动填写。", "請重新授權，或手動填寫。", "Authorize again or type the document."}),
		state(verification.CodeStateMoved,
			text{"核验状态已变化", "核驗狀態已變化", "The verification has changed"}, text{"请重新读取后再操作。", "請重新讀取後再操作。", "Read it again."}),
		state(verification.CodeTodoChanged,
			text{"待办事项已变化", "待辦事項已變化", "The todo has changed"}, text{"请重新查看业务详情。", "請重新查看業務詳情。", "Read the todo again before confirming it."}),
	}
}

func todoProblems() []problemKind {
	state := func(code string, title, detail text) problemKind {
		return problemKind{code, http.StatusConflict, title, detail}
	}
	value := func(code string, title, detail text) problemKind {
		return problemKind{code, http.StatusUnprocessableEntity, title, detail}
	}
	return []problemKind{
		state(todo.CodeAlreadyAnswered,
			text{"该事项已处理", "該事項已處理", "The todo has its answer"}, text{"请查看已有的业务确认。", "請查看已有的業務確認。", "Read the answer that stands."}),
		state(todo.CodeRevisionStale,
			text{"业务内容与您看到的不一致", "業務內容與您看到的不一致", "The content differs from what you were shown"}, text{"请重新查看业务详情。", "請重新查看業務詳情。", "Read the todo again and decide anew."}),
		state(todo.CodeExpired,
			text{"该事项已超过七天", "該事項已超過七天", "The seven days have passed"}, text{"请联系登记机关或前往窗口办理。", "請聯絡登記機關或前往窗口辦理。", "Ask the registration authority, or go to the window."}),
		state(todo.CodeWithdrawn,
			text{"登记机关已撤回该事项", "登記機關已撤回該事項", "The registry has withdrawn it"}, text{"无需处理。", "無需處理。", "Nothing is left to do."}),
		state(todo.CodeNameDiffers,
			text{"登记的姓名与您的姓名不一致", "登記的姓名與您的姓名不一致", "The registry has another name for this document"},
			text{"请联系登记机关更正申请信息。", "請聯絡登記機關更正申請資料。", "Ask the registration authority to correct the application."}),
		state(todo.CodeVerificationNotUsable,
			text{"该核验不能用于此次确认", "該核驗不能用於此次確認", "The verification does not fit this confirmation"},
			text{"请针对当前内容重新进行人脸核验。", "請針對當前內容重新進行人臉核驗。", "Pass a new one for exactly this content, at most ten minutes before."}),
		value(todo.CodeStrokesInvalid,
			text{"签名无法识别", "簽名無法識別", "The handwriting is not valid"}, text{"请重新手写签名。", "請重新手寫簽名。", "Sign again; the rule says what is wrong."}),
		value(todo.CodeStrokesReused,
			text{"请重新手写签名", "請重新手寫簽名", "The handwriting was used before"}, text{"每次确认需要新的手写签名。", "每次確認需要新的手寫簽名。", "Each confirmation is signed anew."}),
		value(todo.CodeReasonInvalid,
			text{"请选择拒绝原因", "請選擇拒絕原因", "The reason is not one of the list"}, text{"请从列出的原因中选择。", "請從列出的原因中選擇。", "Choose one of the reasons of the contract."}),
	}
}

func registryProblems() []problemKind {
	unbelieved := func(code string, title, detail text) problemKind {
		return problemKind{code, http.StatusUnauthorized, title, detail}
	}
	return []problemKind{
		{
			todo.CodeCaseRevisionConflict, http.StatusConflict,
			text{"业务版本冲突", "業務版本衝突", "The revision conflicts"},
			text{"内容有变化时请使用更高的版本号。", "內容有變化時請使用更高的版本號。", "Other content needs a higher revision."},
		},
		{
			todo.CodeCaseWithdrawn, http.StatusConflict,
			text{"业务已撤回", "業務已撤回", "The case was withdrawn"},
			text{"请使用新的业务编号。", "請使用新的業務編號。", "A withdrawn case takes no more revisions."},
		},
		{
			todo.CodeContentInvalid, http.StatusUnprocessableEntity,
			text{"业务内容不符合要求", "業務內容不符合要求", "The content is not valid"},
			text{"请更正列出的项目。", "請更正列出的項目。", "Correct what is listed."},
		},
		unbelieved(todo.SignatureMissing,
			text{"缺少请求签名", "缺少請求簽名", "The signature is missing"}, text{"请按接口文档签名。", "請按接口文檔簽名。", "Sign the request as the contract says."}),
		unbelieved(todo.SignatureInvalid,
			text{"请求签名无效", "請求簽名無效", "The signature is not valid"}, text{"请检查签名的内容和密钥。", "請檢查簽名的內容和密鑰。", "Check what was signed and with which key."}),
		unbelieved(todo.SignatureStale,
			text{"请求签名已过期", "請求簽名已過期", "The signature is too old"}, text{"签名须在五分钟内送达。", "簽名須在五分鐘內送達。", "A signature is good for 300 seconds."}),
		unbelieved(todo.SignatureFuture,
			text{"请求签名时间在未来", "請求簽名時間在未來", "The signature is from the future"}, text{"请校准系统时钟。", "請校準系統時鐘。", "Set the clock right; 60 seconds ahead are borne."}),
		unbelieved(todo.SignatureReplay,
			text{"请求已使用过", "請求已使用過", "The nonce was used before"}, text{"每次请求须使用新的随机数并重新签名。", "每次請求須使用新的隨機數並重新簽名。", "Sign every request anew, repetitions too."}),
		unbelieved(todo.KeyUnknown,
			text{"未知的签名密钥", "未知的簽名密鑰", "The key is not known"}, text{"请联系运营方登记公钥。", "請聯絡運營方登記公鑰。", "The operator has no such key of yours."}),
		unbelieved(todo.DigestMismatch,
			text{"内容摘要不符", "內容摘要不符", "The content digest does not match"}, text{"请对实际发送的正文计算摘要。", "請對實際發送的正文計算摘要。", "Digest the bytes that are sent."}),
	}
}
