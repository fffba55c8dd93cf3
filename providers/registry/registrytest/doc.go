// Package registrytest simulates a registration authority's system over real HTTP,
// for tests and the sandbox. It is not part of the production program.
//
// Signer and Client are the authority that calls this service. Registry is the end
// that receives events: it verifies them, fetches what it must file, fails when it
// is told to, and shows everything on a page. Signatures are made here by hand. The
// library that verifies them cannot use an injected clock, and two independent
// implementations agree only on what the standard says.
//
// The page shows personal data. It is for simulated persons only.
package registrytest
