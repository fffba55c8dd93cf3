package main

import (
	"context"
	"errors"
	"time"

	"renzheng/providers/idp"
	"renzheng/providers/kit"
)

// staff reads what the identity provider of the console says about itself. That it is away is a warning, because members who
// are signed in work on.
func (c *checker) staff(ctx context.Context) findings {
	const area = "console"
	if !c.Console.IsSet() || c.Console.Check() != nil {
		return nil // the settings have their own findings
	}
	client, err := idp.New(c.Console.Adapter(time.Now))
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	err = client.Probe(ctx)
	var failed *kit.CallError
	switch {
	case err == nil:
		return findings{fine(area, "the identity provider is found")}
	case errors.As(err, &failed) && failed.Code == "issuer_mismatch":
		return findings{wrong(area, "set BFF_CONSOLE_ISSUER to the issuer that the provider's metadata name", "the identity provider has another issuer")}
	}
	return findings{warn(area, "check BFF_CONSOLE_ISSUER and BFF_CONSOLE_PROXY", "the identity provider is not found, so that no member can sign in")}
}
