package bff

import (
	"renzheng/session"
)

// guards are those that the operations name; guard_session.go, guard_access.go, guard_key.go, guard_browser.go and guard_registry.go have
// one each.
type guards struct{ session, access, key, browser, registry guard }

func newGuards(sessions *session.Service, web webSession, verifier RegistryVerifier) guards {
	return guards{
		session:  sessionGuard(sessions, web),
		access:   accessGuard(),
		key:      keyGuard(),
		browser:  browserGuard(web),
		registry: registryGuard(verifier),
	}
}
