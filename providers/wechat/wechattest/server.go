package wechattest

import (
	"errors"
	"sync"

	"renzheng/providers/fakes"
)

const maxRequest = 1 << 20

// Server is the simulated WeChat. Safe for concurrent use.
type Server struct {
	options Options
	faults  fakes.Faults[Fault]

	mu       sync.Mutex
	tokens   map[string]*tokens // by app id
	codes    map[string]*code
	orders   map[string]bool // app id and out_seq_no
	checks   map[string]*check
	faces    map[string]int    // how many faces were shown for a name and number
	tickets  map[string]string // of QR codes → scene
	accepted map[string]int    // openid and template → messages agreed to
	windows  map[string]*window
	messages []Message
	menus    map[string]string // app id → JSON
	counted  map[string]int
}

// New makes a server. Errors: a required option is missing.
func New(options Options) (*Server, error) {
	if len(options.Apps) == 0 || options.Clock == nil {
		return nil, errors.New("wechattest: apps and clock are required")
	}
	if options.Persons == nil {
		options.Persons = func(string) (Person, bool) { return Person{}, false }
	}
	if options.Fate == nil {
		options.Fate = func(string, string) fakes.FaceFate { return fakes.FaceFate{} }
	}
	s := &Server{
		options: options, tokens: map[string]*tokens{}, codes: map[string]*code{}, orders: map[string]bool{},
		checks: map[string]*check{}, faces: map[string]int{}, tickets: map[string]string{},
		accepted: map[string]int{}, windows: map[string]*window{}, menus: map[string]string{},
		counted: map[string]int{},
	}
	for _, app := range options.Apps {
		s.tokens[app.ID] = &tokens{}
	}
	return s, nil
}

// Calls tells how many calls of a path arrived, good or bad. The path has no
// leading slash.
func (s *Server) Calls(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counted[path]
}
