// Package idp is the authority's identity provider: OpenID Connect Core 1.0 by authorization code with PKCE and nonce,
// Discovery 1.0, and Back-Channel Logout 1.0. Members of staff sign in there, with a second factor.
//
// Signatures, keys and tokens are verified by github.com/coreos/go-oidc. What the claims mean is set by the operator:
// every provider names roles and offices its own way.
package idp
