package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"renzheng/identity"
	"renzheng/providers/agency/agencytest"
	"renzheng/strictjson"
)

// agencyConformanceCommand checks whether an authority's data gateway conforms to
// docs/agency.md.
type agencyConformanceCommand struct {
	URL         string   `help:"Address of the gateway." required:""`
	KeyID       string   `help:"Id of the client's key at the gateway." required:""`
	Key         string   `help:"PEM file of the client's private key (PKCS #8)." required:"" type:"existingfile"`
	GatewayKeys []string `help:"The gateway's public keys, each as ID=PATH of a PEM file." required:""`
	PageHosts   []string `help:"Hosts of face pages, in addition to the gateway's own."`
	Samples     string   `help:"JSON file of fictitious persons and the result that each must get." required:"" type:"existingfile"`
	Face        bool     `help:"Print the address of the face page and wait for Enter, so that a person can show a face."`
}

// Run checks every rule of the contract and prints a line for each, and one with the
// counts. It returns an error if a rule is broken.
func (c agencyConformanceCommand) Run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	target, err := c.target()
	if err != nil {
		return err
	}
	if c.Face {
		target.Finish = byHand(os.Stdin, os.Stdout)
	}
	report, err := agencytest.Conformance(ctx, target)
	if err != nil {
		return err
	}
	if _, err = os.Stdout.WriteString(report.String()); err != nil {
		return fmt.Errorf("printing the report: %w", err)
	}
	if !report.Kept() {
		return errors.New("the gateway does not keep the contract")
	}
	return nil
}

// target reads the files that the flags name. It reports all problems together.
func (c agencyConformanceCommand) target() (agencytest.Target, error) {
	key, keyErr := os.ReadFile(c.Key)
	samples, samplesErr := readSamples(c.Samples)
	problems := []error{keyErr, samplesErr}
	gatewayKeys := map[string]string{}
	for _, named := range c.GatewayKeys {
		id, path, _ := strings.Cut(named, "=")
		pem, err := os.ReadFile(path)
		if err != nil {
			problems = append(problems, fmt.Errorf("gateway key %q wants to be ID=PATH: %w", id, err))
		}
		gatewayKeys[id] = string(pem)
	}
	return agencytest.Target{
		URL: c.URL, KeyID: c.KeyID, Key: string(key), GatewayKeys: gatewayKeys, PageHosts: c.PageHosts,
		Samples: samples, Clock: time.Now,
	}, errors.Join(problems...)
}

// sampleShape is a person in the file of samples.
type sampleShape struct {
	Type       identity.DocumentType `json:"type"`
	Number     string                `json:"number"`
	Name       string                `json:"name"`
	ValidFrom  string                `json:"valid_from"`
	ValidUntil string                `json:"valid_until"`
	Result     string                `json:"result"`
}

// readSamples reads the file of samples. Its errors name positions, never persons,
// because the file may hold the data of its author.
func readSamples(path string) ([]agencytest.Sample, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the samples: %w", err)
	}
	var shapes []sampleShape
	if strictjson.Decode(content, &shapes) != nil {
		return nil, errors.New("the file of samples is not a list of persons as docs/agency.md shows it")
	}
	samples := make([]agencytest.Sample, 0, len(shapes))
	var problems []error
	for i, s := range shapes {
		document, err := identity.ParseDocument(s.Type, s.Number, s.Name)
		if err == nil {
			document, err = document.WithValidity(s.ValidFrom, s.ValidUntil)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("sample %d: %w", i+1, err))
			continue
		}
		samples = append(samples, agencytest.Sample{Document: document, Result: s.Result})
	}
	return samples, errors.Join(problems...)
}

// byHand asks the user to show a face, and waits until that is done.
func byHand(in io.Reader, out io.Writer) func(context.Context, string) error {
	lines := bufio.NewReader(in)
	return func(_ context.Context, page string) error {
		if _, err := fmt.Fprintf(out, "open this page as the first sample that matches, pass, and press Enter:\n%s\n", page); err != nil {
			return fmt.Errorf("printing the page: %w", err)
		}
		if _, err := lines.ReadString('\n'); err != nil {
			return fmt.Errorf("waiting for Enter: %w", err)
		}
		return nil
	}
}
