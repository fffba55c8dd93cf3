package harness

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"renzheng/providers/registry"
	"renzheng/providers/registry/registrytest"
)

// The sample registry.
const (
	RegistryID   = "sample"
	RegistryName = "样例市市场监督管理局（模拟）"

	registryPath  = "/registry"
	registryCalls = 30 * time.Second // of the registry to the server
)

// buildRegistry makes the registry with a new key and secret, and writes the file of
// registries.
func (s *Sandbox) buildRegistry() error {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("making the registry's key: %w", err)
	}
	issuer, err := url.Parse(Issuer)
	if err != nil {
		return fmt.Errorf("reading the issuer: %w", err)
	}
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails
	secret := "whsec_" + base64.StdEncoding.EncodeToString(raw[:])
	keyID := "sample-" + strings.ToLower(rand.Text()) // differs from earlier ones
	s.Cases = &registrytest.Client{
		BaseURL: s.API, HTTP: &http.Client{Timeout: registryCalls},
		Signer: &registrytest.Signer{KeyID: keyID, Key: private, Authority: issuer.Host, Clock: s.options.Clock},
	}
	if s.Registry, err = registrytest.New(registrytest.Options{
		ID: RegistryID, Name: RegistryName, Secrets: []string{secret}, Clock: s.options.Clock,
		Client: s.Cases, Fail: s.options.Fail,
	}); err != nil {
		return fmt.Errorf("making the registry: %w", err)
	}
	return s.writeRegistries(keyID, secret, public)
}

func (s *Sandbox) writeRegistries(keyID, secret string, public ed25519.PublicKey) error {
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return fmt.Errorf("encoding the registry's key: %w", err)
	}
	address, err := url.Parse(s.URL)
	if err != nil {
		return fmt.Errorf("reading the sandbox's address: %w", err)
	}
	type object map[string]any
	sample, err := json.Marshal(object{
		"id": RegistryID, "name": RegistryName,
		"keys": []object{{
			"id": keyID, "alg": "ed25519",
			"public_key": string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})),
		}},
		"callback": object{
			"url": s.URL + registryPath + registrytest.EventPath, "allow": []string{address.Hostname()}, "secret": secret,
		},
	})
	if err != nil {
		return fmt.Errorf("encoding the registry: %w", err)
	}
	file, err := joinRegistries(sample, s.options.Registries)
	if err != nil {
		return err
	}
	return writeSecret(filepath.Join(s.options.Data, registriesName), file)
}

// joinRegistries returns a file of registries with one more in front.
func joinRegistries(first, others []byte) ([]byte, error) {
	var file struct {
		Registries []json.RawMessage `json:"registries"`
	}
	if others != nil {
		if _, err := registry.LoadFile(others); err != nil {
			return nil, fmt.Errorf("reading the file of more registries: %w", err)
		}
		if err := json.Unmarshal(others, &file); err != nil {
			return nil, fmt.Errorf("reading the file of more registries: %w", err)
		}
	}
	file.Registries = append([]json.RawMessage{first}, file.Registries...)
	joined, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encoding the file of registries: %w", err)
	}
	if _, err = registry.LoadFile(joined); err != nil { // as when both have the id of the simulated one
		return nil, fmt.Errorf("adding more registries to the simulated one: %w", err)
	}
	return joined, nil
}
