// Package agencytest simulates an authority's data gateway over real HTTP, and tests
// the gateways of others. It is the test half of docs/agency.md.
//
// Gateway verifies the signature and content of each request, signs its answers and
// shows a face page. If a Fate says so, it breaks the contract in one way.
// Conformance checks a gateway against everything that the contract demands, and
// reports every difference.
//
// Signatures are made here from the text of the contract and verified by an
// independent library, so that the adapter does not verify itself. The package is
// not part of the production program.
package agencytest
