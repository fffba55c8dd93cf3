package providerstest

import "testing"

// Rejection is a call that a provider answered with a code instead of a result.
type Rejection struct {
	Code    string
	SubCode string
	Status  int // of HTTP
}

// RunHealth checks what an adapter's errors say about its provider. By name, healthy
// has the rejections of a provider that works, and failing has those of one that is
// overloaded or broken. The reject function returns the adapter's error for a rejection.
func RunHealth(t *testing.T, reject func(Rejection) error, healthy, failing map[string]Rejection) {
	t.Helper()
	run := func(cases map[string]Rejection, want string) {
		for name, rejection := range cases {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				err := reject(rejection)
				wantHealth(t, err, want)
				wantNoEcho(t, err)
			})
		}
	}
	run(healthy, works)
	run(failing, ill)
}
