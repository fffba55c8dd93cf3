package idptest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// serveEndSession ends the browser's session, tells the client by its back channel, and sends the browser back.
func (p *Provider) serveEndSession(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("client_id") != p.options.ClientID || q.Get("post_logout_redirect_uri") != p.options.SignedOut {
		http.Error(w, "client_id and post_logout_redirect_uri are not registered", http.StatusBadRequest)
		return
	}
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		p.mu.Lock()
		subject, ok := p.sids[cookie.Value]
		delete(p.sids, cookie.Value)
		p.mu.Unlock()
		if ok {
			_, _ = p.send(r.Context(), map[string]any{"sub": subject, "sid": cookie.Value}) // as a real one, which does not wait for its clients
		}
		http.SetCookie(w, &http.Cookie{Name: sessionCookie, Path: "/", MaxAge: -1, HttpOnly: true})
	}
	http.Redirect(w, r, p.options.SignedOut, http.StatusSeeOther)
}

// Logout ends all sessions of a member, as an administrator would, and returns the status that the client answered.
func (p *Provider) Logout(ctx context.Context, subject string) (int, error) {
	return p.send(ctx, map[string]any{"sub": subject})
}

// LogoutToken returns a logout token with more claims, or other ones.
func (p *Provider) LogoutToken(more map[string]any) (string, error) {
	now := p.options.Clock()
	claims := map[string]any{
		"iss": p.options.Issuer, "aud": p.options.ClientID, "iat": now.Unix(), "exp": now.Add(2 * time.Minute).Unix(), "jti": rand.Text(),
		"events": map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}},
	}
	for name, value := range more {
		if claims[name] = value; value == nil {
			delete(claims, name)
		}
	}
	return p.sign(claims)
}

func (p *Provider) send(ctx context.Context, claims map[string]any) (int, error) {
	token, err := p.LogoutToken(claims)
	if err != nil {
		return 0, err
	}
	body := strings.NewReader(url.Values{"logout_token": {token}}.Encode())
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.options.Logouts, body)
	if err != nil {
		return 0, fmt.Errorf("making a logout: %w", err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := p.client.Do(request)
	if err != nil {
		return 0, errors.New("the client is not reached")
	}
	return answer.StatusCode, answer.Body.Close()
}
