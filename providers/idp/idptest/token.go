package idptest

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

func (p *Provider) serveToken(w http.ResponseWriter, r *http.Request) {
	id, secret, ok := r.BasicAuth()
	id, idErr := url.QueryUnescape(id)
	secret, secretErr := url.QueryUnescape(secret)
	if !ok || idErr != nil || secretErr != nil || id != p.options.ClientID || subtle.ConstantTimeCompare([]byte(secret), []byte(p.options.ClientSecret)) != 1 {
		w.Header().Set("WWW-Authenticate", "Basic")
		writeJSON(w, http.StatusUnauthorized, map[string]string{"error": "invalid_client"})
		return
	}
	if r.PostFormValue("grant_type") != "authorization_code" {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": "unsupported_grant_type"})
		return
	}
	g, err := p.take(r.PostFormValue("code"), r.PostFormValue("redirect_uri"), r.PostFormValue("code_verifier"))
	if err != nil {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	token, err := p.idToken(g)
	if err != nil {
		writeJSON(w, http.StatusInternalServerError, map[string]string{"error": "server_error"})
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"access_token": "unused", "token_type": "Bearer", "expires_in": int(tokenLife.Seconds()), "id_token": token})
}

// take uses up a code.
func (p *Provider) take(code, redirect, verifier string) (grant, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	g, ok := p.codes[code]
	if !ok || g.used {
		return grant{}, errors.New("no such code")
	}
	g.used = true
	p.codes[code] = g
	sum := sha256.Sum256([]byte(verifier))
	if p.options.Clock().Sub(g.at) > codeLife || g.redirect != redirect || base64.RawURLEncoding.EncodeToString(sum[:]) != g.challenge {
		return grant{}, errors.New("not for this request")
	}
	return g, nil
}

func (p *Provider) idToken(g grant) (string, error) {
	now := p.options.Clock()
	claims := map[string]any{
		"iss": p.options.Issuer, "sub": g.member.Subject, "aud": p.options.ClientID, "azp": p.options.ClientID, "iat": now.Unix(),
		"exp": now.Add(tokenLife).Unix(), "nonce": g.nonce, "sid": g.sid, "acr": "1", "amr": []string{"pwd"},
		"name": g.member.Name, "roles": g.member.Roles,
	}
	if g.aged { // else a provider need not say when the member was there
		claims["auth_time"] = g.at.Unix()
	}
	if g.factor {
		claims["acr"], claims["amr"] = "2", []string{"pwd", "otp"}
	}
	if g.member.Office != "" {
		claims["office"] = g.member.Office
	}
	if g.member.Document != "" {
		claims["document_number"] = g.member.Document
	}
	p.mu.Lock()
	change := p.change
	p.mu.Unlock()
	if change != nil {
		change(claims)
	}
	return p.sign(claims)
}

func (p *Provider) sign(claims map[string]any) (string, error) {
	signer, err := p.signer()
	if err != nil {
		return "", err
	}
	raw, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("encoding claims: %w", err)
	}
	signed, err := signer.Sign(raw)
	if err != nil {
		return "", fmt.Errorf("signing a token: %w", err)
	}
	compact, err := signed.CompactSerialize()
	if err != nil {
		return "", fmt.Errorf("encoding a token: %w", err)
	}
	return compact, nil
}
