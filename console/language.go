package console

import (
	"net/http"
	"strings"

	"renzheng/identity"
)

// languageOf returns the language of a request: the one that the member chose, otherwise the first of Accept-Language that the console
// has, otherwise Chinese.
func languageOf(r *http.Request) string {
	if cookie, err := r.Cookie(languageCookie); err == nil && isLanguage(cookie.Value) {
		return cookie.Value
	}
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		switch primary, _, _ := strings.Cut(strings.ToLower(tag), "-"); primary {
		case "zh":
			return identity.Chinese
		case "en":
			return identity.English
		}
	}
	return identity.Chinese
}

func isLanguage(tag string) bool { return tag == identity.Chinese || tag == identity.English }
