package bff

import "slices"

// operations returns every operation of the API, with the guards that run before it. Operations of a person require a
// session, those on todos a live access grant as well. Operations with a key are executed once per Idempotency-Key. A
// registry's requests are signed.
func operations(h *handlers, files serviceHandlers, g guards) []operation {
	return slices.Concat(
		sessionOperations(h, g),
		verificationOperations(h, g),
		todoOperations(h, g),
		rightsOperations(h, g),
		appealOperations(h, g),
		appointmentOperations(h, g),
		subscriberOperations(h, g),
		registryOperations(h, g),
		supportOperations(h, g),
		serviceOperations(h, files),
	)
}
