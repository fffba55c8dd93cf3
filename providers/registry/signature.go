package registry

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/dunglas/httpsfv"

	"renzheng/todo"
)

const (
	label         = "sig1" // of the one signature that is considered
	contentDigest = "content-digest"
	maxInputBytes = 4096 // of Signature-Input and of Signature; ours have 200
	maxComponents = 16
)

var (
	fieldShape = regexp.MustCompile(`^[a-z0-9-]{1,64}$`)
	nonceShape = regexp.MustCompile(`^[A-Za-z0-9_-]{16,64}$`)
)

// signature holds the parameters of a signature that is not yet verified.
type signature struct {
	components []string
	created    time.Time
	expires    time.Time // zero = as long as created allows
	keyID      string
	nonce      string
	alg        string // "" = not said
}

// requiredComponents returns the components that must be signed. The rest of a
// request has no meaning.
func requiredComponents(bodyBytes int) []string {
	required := []string{"@method", "@authority", "@path", "@query"}
	if bodyBytes > 0 {
		required = append(required, contentDigest)
	}
	return required
}

// readSignature parses the two signature fields, or returns why it rejects them. It is stricter than the library, which skips unknown parameters,
// takes the last of several signatures and panics for component parameters of a
// wrong type.
func readSignature(header http.Header) (signature, *todo.RequestError) {
	input, raw := header.Values("Signature-Input"), header.Values("Signature")
	if len(input) == 0 && len(raw) == 0 {
		return signature{}, rejected(todo.SignatureMissing)
	}
	list, ok := single(input).(httpsfv.InnerList)
	if _, signed := single(raw).(httpsfv.Item); !ok || !signed {
		return signature{}, invalid(todo.RuleSignatureFields)
	}
	if len(list.Items) > maxComponents {
		return signature{}, invalid(todo.RuleSignatureComponents)
	}
	var s signature
	for _, item := range list.Items {
		name, isText := item.Value.(string)
		if !isText || len(item.Params.Names()) > 0 || !componentAllowed(name) || slices.Contains(s.components, name) {
			return signature{}, invalid(todo.RuleSignatureComponents)
		}
		s.components = append(s.components, name)
	}
	if !s.readParams(list.Params) {
		return signature{}, invalid(todo.RuleSignatureParameters)
	}
	return s, nil
}

// single returns the member sig1 of a one-line dictionary without other members,
// or nil. A dictionary would take the last of two sig1; here two are rejected. (In
// a value, = occurs only as base64 padding, which follows A, Q, g or w.)
func single(lines []string) httpsfv.Member {
	if len(lines) != 1 || len(lines[0]) > maxInputBytes || strings.Count(lines[0], label+"=") != 1 {
		return nil
	}
	dictionary, err := httpsfv.UnmarshalDictionary(lines)
	if err != nil || !slices.Equal(dictionary.Names(), []string{label}) {
		return nil
	}
	member, _ := dictionary.Get(label)
	return member
}

// componentAllowed accepts header fields in addition to the required components.
// Other derived components depend on what a proxy changes.
func componentAllowed(name string) bool {
	return slices.Contains(requiredComponents(0), name) || fieldShape.MatchString(name)
}

// readParams parses the parameters. Each has a type, and unknown ones are
// rejected.
func (s *signature) readParams(params *httpsfv.Params) bool {
	for _, name := range params.Names() {
		value, _ := params.Get(name)
		ok := false
		switch name {
		case "created":
			s.created, ok = moment(value)
		case "expires":
			s.expires, ok = moment(value)
		case "keyid":
			s.keyID, ok = value.(string)
		case "nonce":
			s.nonce, ok = value.(string)
		case "alg":
			s.alg, ok = value.(string)
			ok = ok && s.alg != ""
		}
		if !ok {
			return false
		}
	}
	return !s.created.IsZero() && s.keyID != "" && nonceShape.MatchString(s.nonce)
}

func moment(value any) (time.Time, bool) {
	seconds, ok := value.(int64)
	return time.Unix(seconds, 0), ok
}

// timely returns why a signature is rejected that is not recent, or may have been used before the database was restored (R57):
// such a request may have been accepted up to maxAhead before its time.
func (s *signature) timely(now, epoch time.Time) *todo.RequestError {
	switch {
	case !epoch.IsZero() && s.created.Before(epoch.Add(maxAhead)):
		return rejected(todo.SignatureStale)
	case now.Sub(s.created) > maxAge, !s.expires.IsZero() && now.After(s.expires):
		return rejected(todo.SignatureStale)
	case s.created.Sub(now) > maxAhead:
		return rejected(todo.SignatureFuture)
	}
	return nil
}

func (s *signature) covers(required []string) bool {
	return !slices.ContainsFunc(required, func(name string) bool { return !slices.Contains(s.components, name) })
}
