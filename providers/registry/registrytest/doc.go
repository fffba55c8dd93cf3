// Package registrytest plays a registration authority's system over real HTTP,
// for tests and for the sandbox; the production program does not contain it.
//
// Signer and Client are the authority calling this service; Registry is its end
// that is told of events: it verifies what it is told, fetches what it must
// file, fails when it is told to, and shows everything on a page. Signatures
// are made by hand here, because the library that checks them takes the time
// from no injected clock, and because one maker and another checker agree only
// on what the standard says.
//
// What the page shows is personal. It is for simulated persons only.
package registrytest
