// Package providerstest is the conformance suite of the adapters of verification
// providers. Each adapter runs it against its own fake over real HTTP:
//
//	providerstest.RunBankCard(t, func(t *testing.T, s providerstest.Scenario) verification.BankCardChecker { … })
//	providerstest.RunFace(t, func(t *testing.T, s providerstest.Scenario) providerstest.FaceRig { … })
//
// and RunFourElements, RunDocument, RunRecognizer and RunHealth in the same way.
//
// It is for tests only and knows no provider.
package providerstest
