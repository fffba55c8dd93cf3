package wechat

// Client makes the calls of one mini-program. Safe for concurrent use.
type Client struct {
	*caller

	portrait bool
	todo     TodoTemplate
}

// New makes a client. Errors: those of Validate.
func New(config Config) (*Client, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	made, err := newCaller(config.App)
	if err != nil {
		return nil, err
	}
	return &Client{caller: made, portrait: config.PortraitPermitted, todo: config.Todo}, nil
}
