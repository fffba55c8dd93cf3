// Package idptest is a simulated identity provider. It rejects what a real one rejects: unknown clients, other redirect
// addresses, sign-ins without PKCE or nonce, a wrong client secret, a wrong verifier, and codes that are late or used.
//
// Anyone who opens its page can sign in as any sample member. There are no passwords, so that it must never be reachable from
// outside this machine.
package idptest
