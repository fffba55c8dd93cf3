// Package agencytest plays an authority's data gateway over real HTTP, and
// tests gateways of others: it is the test half of docs/agency.md.
//
// Gateway verifies each request's signature and content, signs its answers,
// shows a face page, and breaks the contract in one way where a Fate says so.
// Conformance asks a gateway, ours or an author's, everything that the contract
// lays down, and reports what it does otherwise.
//
// Signatures are made here by the contract's own words and verified by an
// independent library, so that the adapter is never its own judge. The
// production program contains none of it.
package agencytest
