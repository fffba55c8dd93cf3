package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"renzheng/identity"
	"renzheng/providers/registry"
	"renzheng/setting"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// checkFiles reads the files that Config names.
func (c *Config) checkFiles() error {
	_, policyErr := c.LoadPolicy()
	notices, noticesErr := c.LoadNotices()
	_, sourcesErr := c.LoadSources()
	problems := errors.Join(setting.Wrap("Policy", policyErr), setting.Wrap("Notices", noticesErr), setting.Wrap("Sources", sourcesErr))
	if noticesErr == nil && c.Pay.IsSet() {
		problems = errors.Join(problems, setting.Wrap("Notices", checkOwnerCheck(notices)))
	}
	if noticesErr == nil && c.Photo.IsSet() {
		problems = errors.Join(problems, setting.Wrap("Notices", c.Photo.checkNotice(notices)))
	}
	if noticesErr == nil && c.Accounts.IsSet() {
		problems = errors.Join(problems, setting.Wrap("Notices", c.Accounts.checkNotice(notices, c.SMS)))
	}
	if c.Registries == "" {
		return problems
	}
	_, err := c.LoadRegistries()
	return errors.Join(problems, setting.Wrap("Registries", err))
}

// ReadPolicy returns the file of the policy, or the built-in one.
func (c *Config) ReadPolicy() ([]byte, error) { return readOr(c.Policy, policy.BuiltIn) }

// ReadNotices returns the file of the notices, or the built-in ones.
func (c *Config) ReadNotices() ([]byte, error) { return readOr(c.Notices, notice.BuiltIn) }

// ParseNotices returns notices as this server uses them. Without WeChat Pay, recognizers of photos or accounts there is nothing to agree
// to about them; with them, there must be.
func (c *Config) ParseNotices(content []byte) (*notice.Set, error) {
	n, err := notice.Load(content)
	if err != nil {
		return nil, err
	}
	if c.Pay.IsSet() {
		err = checkOwnerCheck(n)
	}
	if c.Photo.IsSet() {
		err = errors.Join(err, c.Photo.checkNotice(n))
	}
	if c.Accounts.IsSet() {
		err = errors.Join(err, c.Accounts.checkNotice(n, c.SMS))
	}
	return c.Offered(n), err
}

// Offered returns notices without those about what this server does not do, and with the names of those who do it.
func (c *Config) Offered(n *notice.Set) *notice.Set {
	if !c.Pay.IsSet() {
		n = n.Without(notice.OwnerCheck)
	}
	if registration, err := n.Naming(notice.Registration, c.SMS.Senders); !c.Accounts.IsSet() || err != nil {
		n = n.Without(notice.Registration)
	} else {
		n = registration
	}
	named, err := n.Naming(notice.DocumentPhoto, c.Photo.Recognizers)
	if !c.Photo.IsSet() || err != nil { // the error was reported by the check
		return n.Without(notice.DocumentPhoto)
	}
	return named
}

func checkOwnerCheck(n *notice.Set) error {
	if !n.Offers(identity.WeChat, notice.OwnerCheck) {
		return errors.New("needs a notice of kind owner_check for wechat, because WeChat Pay is configured")
	}
	return nil
}

// LoadPolicy reads the policy.
func (c *Config) LoadPolicy() (*policy.Policy, error) {
	return loadOr(c.Policy, policy.Load, policy.Default)
}

// LoadNotices reads the notices and consents.
func (c *Config) LoadNotices() (*notice.Set, error) {
	return loadOr(c.Notices, notice.Load, notice.Default)
}

// ReadSources returns the file of the limits of sources, or the built-in ones.
func (c *Config) ReadSources() ([]byte, error) { return readOr(c.Sources, policy.BuiltInSources) }

// LoadSources reads the limits of data sources and card networks.
func (c *Config) LoadSources() (*policy.SourceRules, error) {
	return loadOr(c.Sources, policy.LoadSources, policy.DefaultSources)
}

// LoadRegistries reads the file of registries.
func (c *Config) LoadRegistries() (*registry.Directory, error) {
	return c.Storage.LoadRegistries(c.Registries)
}

// LoadRegistries reads a file of registries. The file must be private only if it
// contains a secret itself.
func (s Storage) LoadRegistries(path string) (*registry.Directory, error) {
	file, err := s.ReadSecretFile(path)
	if errors.Is(err, ErrReadable) && !bytes.Contains(file, []byte("whsec_")) {
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the file of registries: %w", err)
	}
	return registry.LoadFileWith(file, s.ReadSecretFile)
}

// readOr reads a file, or returns the built-in content if path is empty.
func readOr(path string, builtIn func() []byte) ([]byte, error) {
	if path == "" {
		return builtIn(), nil
	}
	content, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("reading a file of rules: %w", err)
	}
	return content, nil
}

// loadOr loads a file, or the built-in value if path is empty.
func loadOr[T any](path string, load func([]byte) (T, error), builtIn func() (T, error)) (T, error) {
	if path == "" {
		return builtIn()
	}
	content, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		var none T
		return none, fmt.Errorf("reading a file of rules: %w", err)
	}
	return load(content)
}
