package failure

// table returns every failure without its texts, which are in texts.json. First come
// the failures that are about who a person is, last the answers that need no provider.
func table() []Entry {
	return []Entry{
		// Who a person is. Name, number, validity and the absence of a record share one
		// entry, so that nobody learns which of them was wrong (R13).
		{Code: IdentityNotConfirmed, Kind: KindIdentity, Counted: true, Remedies: remedies(CheckInput, CheckSpelling, CheckValidity, OtherMethod, RetryLater)},
		{Code: AccountOwnerDiffers, Kind: KindAccount, Remedies: remedies(CheckInput, UseOwnAccount)},
		{Code: AccountLimit, Kind: KindAccount, Remedies: remedies(UseOwnAccount, RetryLater)},
		{Code: RiskRefused, Kind: KindIdentity, Remedies: remedies(OtherMethod)},
		{Code: GuardianRequired, Kind: KindGuardian, Remedies: remedies()},
		{Code: SubjectBarred, Kind: KindAccount, Remedies: remedies(RetryLater)},
		{Code: NumberFrozen, Kind: KindAccount, Remedies: remedies(LiftFreeze)},

		// How a document was entered. Only its form is checked, before any provider is
		// called, so these entries may name the field.
		{Code: DocumentTypeDiffers, Kind: KindDocument, Retryable: true, Remedies: remedies(ChooseType, CheckNumber)},
		{Code: DocumentExpired, Kind: KindDocument, Remedies: remedies(CheckValidity, OtherMethod)},
		{Code: NameInputWrong, Kind: KindDocument, Retryable: true, Remedies: remedies(CheckSpelling)},
		{Code: NumberInputWrong, Kind: KindDocument, Retryable: true, Remedies: remedies(CheckNumber, ChooseType)},
		{Code: ValidityInputWrong, Kind: KindDocument, Retryable: true, Remedies: remedies(CheckValidity)},
		{Code: DocumentPhotoUnusable, Kind: KindDocument, Retryable: true, Planned: true, Remedies: remedies(PhotoAgain, CheckInput, OtherMethod)},

		// A face that a provider judged. These use up a try.
		{Code: FaceDiffers, Kind: KindFace, Retryable: true, Counted: true, Remedies: remedies(RetryBetterLight, CheckInput, OtherMethod)},
		{Code: FaceQuality, Kind: KindFace, Retryable: true, Counted: true, Remedies: remedies(RetryBetterLight)},
		{Code: FaceLiveness, Kind: KindFace, Retryable: true, Counted: true, Remedies: remedies(RetryBetterLight, RetryFinish)},
		{Code: FaceNoRecord, Kind: KindFace, Counted: true, Remedies: remedies(OtherMethod)},

		// A face check that ended before a face was judged.
		{Code: FaceCancelled, Kind: KindFace, Retryable: true, Remedies: remedies(RetryNow)},
		{Code: FaceNotFinished, Kind: KindFace, Retryable: true, Remedies: remedies(RetryFinish)},
		{Code: FaceDevice, Kind: KindFace, Retryable: true, Remedies: remedies(AllowCamera, OtherMethod)},

		// A bank card. Holder, number and phone share one entry (R13).
		{Code: CardDiffers, Kind: KindCard, Retryable: true, Counted: true, Remedies: remedies(CheckInput, OtherCard, AskBank)},
		{Code: CardUnusable, Kind: KindCard, Retryable: true, Remedies: remedies(OtherCard, AskBank)},
		{Code: CardInputWrong, Kind: KindCard, Retryable: true, Remedies: remedies(CheckInput, OtherCard)},
		{Code: PhoneUnsupported, Kind: KindCard, Retryable: true, Remedies: remedies(CheckInput, OtherPhone, OtherCard)},
		{Code: CardLocked, Kind: KindCard, Remedies: remedies(OtherCard, RetryLater)},
		{Code: CardUnresolved, Kind: KindCard, Retryable: true, Remedies: remedies(RetryNow, RetryLater)},

		// The person's application, device or network. Some of it no server sees, so the
		// client shows the entry itself. Sign-in by QR code and text messages are planned.
		{Code: ClientUnsupported, Kind: KindClient, Remedies: remedies(UpdateApp, OtherMethod)},
		{Code: ClientUnknown, Kind: KindClient, Retryable: true, Remedies: remedies(OpenInApp)},
		{Code: QRBlank, Kind: KindClient, Retryable: true, Planned: true, Remedies: remedies(RefreshPage, CheckNetwork, RetryLater)},
		{Code: NetworkLost, Kind: KindTechnical, Retryable: true, Remedies: remedies(CheckNetwork, RetryNow, RetryLater)},
		{Code: SMSNotReceived, Kind: KindTechnical, Retryable: true, Planned: true, Remedies: remedies(CheckNetwork, OtherPhone, RetryLater)},
		{Code: ResultPending, Kind: KindTechnical, Retryable: true, Remedies: remedies(WaitResult)},

		// Technical problems of this service or of a provider (M-48).
		{Code: ProviderBusy, Kind: KindTechnical, Retryable: true, Remedies: remedies(OtherMethod, RetryLater)},
		{Code: TryAgainLater, Kind: KindTechnical, Retryable: true, Remedies: remedies(RestartApp, OtherMethod, RetryLater)},

		// Answers without a provider.
		{Code: TriesExhausted, Kind: KindLimit, Remedies: remedies(OtherMethod, RetryLater)},
		{Code: CheckSwitchedOff, Kind: KindRoute, Remedies: remedies(OtherMethod, RetryLater)},
		{Code: RouteMissing, Kind: KindRoute, Remedies: remedies(OtherMethod)},
		{Code: ChannelOff, Kind: KindRoute, Remedies: remedies(OtherMethod, RetryLater)},
	}
}
