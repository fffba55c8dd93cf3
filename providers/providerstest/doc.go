// Package providerstest says what every adapter of a verification provider must
// do. Each adapter's tests run it against their own
// fake, which the adapter reaches over real HTTP:
//
//	providerstest.RunBankCard(t, func(t *testing.T, s providerstest.Scenario) verification.BankCardChecker { … })
//	providerstest.RunFace(t, func(t *testing.T, s providerstest.Scenario) providerstest.FaceRig { … })
//
// and RunFourElements and RunDocument in the same way.
//
// It is for tests only and knows no provider.
package providerstest
