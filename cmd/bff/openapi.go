package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"renzheng/bff"
)

// openapiCommand prints the description of the API.
type openapiCommand struct{}

// Run writes YAML to standard output.
func (openapiCommand) Run() error {
	page, err := bff.OpenAPI()
	if err != nil {
		return fmt.Errorf("describing the API: %w", err)
	}
	_, err = os.Stdout.Write(page)
	return err
}

// healthcheckCommand checks a running server, for containers without a shell.
type healthcheckCommand struct {
	URL string `help:"Address to ask." default:"http://127.0.0.1:8080/readyz"`
}

// Run returns an error unless the server is ready.
func (c healthcheckCommand) Run() error {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL, http.NoBody)
	if err != nil {
		return fmt.Errorf("asking the server whether it is ready: %w", err)
	}
	answer, err := (&http.Client{}).Do(request)
	if err != nil {
		return fmt.Errorf("asking the server whether it is ready: %w", err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return errors.New("the server is not ready")
	}
	return nil
}
