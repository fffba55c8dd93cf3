package wechattest

import (
	"net/http"
	"time"
)

const (
	tokenLife   = 2 * time.Hour
	tokenRenew  = 5 * time.Minute // before its end the next one is given out, and both are good
	forcePause  = 30 * time.Second
	forcePerDay = 20
)

// tokens are the access tokens of one application.
type tokens struct {
	current, before token
	forced          []time.Time
}

type token struct {
	value   string
	expires time.Time
}

type stableTokenRequest struct {
	GrantType    string `json:"grant_type"`
	AppID        string `json:"appid"`
	Secret       string `json:"secret"`
	ForceRefresh bool   `json:"force_refresh"`
}

func (s *Server) stableToken(r *http.Request) answer {
	var request stableTokenRequest
	if !read(r, &request) || r.URL.RawQuery != "" {
		return refused(47001)
	}
	if request.GrantType != "client_credential" {
		return refused(40002)
	}
	if code := s.authenticate(request.AppID, request.Secret); code != 0 {
		return refused(code)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	t, now := s.tokens[request.AppID], s.options.Clock()
	if request.ForceRefresh && !t.mayForce(now) {
		return refused(45009)
	}
	if request.ForceRefresh {
		t.forced = append(t.forced, now)
	}
	t.renew(now, request.ForceRefresh)
	return plain(fields{"access_token": t.current.value, "expires_in": int(t.current.expires.Sub(now).Seconds())})
}

// authenticate returns WeChat's code for a wrong application or secret.
func (s *Server) authenticate(appID, secret string) int {
	for _, app := range s.options.Apps {
		if app.ID != appID {
			continue
		}
		if app.Secret != secret {
			return 40125
		}
		return 0
	}
	return 40013
}

func (t *tokens) mayForce(now time.Time) bool {
	today := 0
	for _, at := range t.forced {
		if now.Sub(at) < forcePause {
			return false
		}
		if now.Sub(at) < 24*time.Hour {
			today++
		}
	}
	return today < forcePerDay
}

// renew returns the current token a successor where it is due; a forced one ends
// the one before at once.
func (t *tokens) renew(now time.Time, force bool) { //nolint:revive // flag-parameter: WeChat's own
	if !force && t.current.value != "" && now.Before(t.current.expires.Add(-tokenRenew)) {
		return
	}
	t.before = t.current
	if force {
		t.before = token{}
	}
	t.current = token{value: "tok-" + randomID(), expires: now.Add(tokenLife)}
}

// Revoke replaces the token of an application, as somebody else's forced
// refresh does: the one before is no longer good.
func (s *Server) Revoke(appID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	const force = true
	s.tokens[appID].renew(s.options.Clock(), force)
}

// Token is the access token of an application that was given out last, "" where
// none was.
func (s *Server) Token(appID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tokens[appID].current.value
}

// withToken lets calls through that bring a good token, and tells of which
// application.
func (s *Server) withToken(do func(string, *http.Request) answer) func(*http.Request) answer {
	return func(r *http.Request) answer {
		query := r.URL.Query()
		if len(query) != 1 {
			return refused(41001)
		}
		appID, code := s.appOf(query.Get("access_token"))
		if code != 0 {
			return refused(code)
		}
		return do(appID, r)
	}
}

func (s *Server) appOf(value string) (appID string, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.options.Clock()
	for id, t := range s.tokens {
		for _, known := range []token{t.current, t.before} {
			switch {
			case value == "" || known.value != value:
			case !now.Before(known.expires):
				return "", 42001
			default:
				return id, 0
			}
		}
	}
	return "", 40001
}
