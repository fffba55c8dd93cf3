package main

import (
	"cmp"
	"runtime/debug"
	"strings"
)

// release is set in builds without a repository, such as the container image, by
// go build -ldflags "-X main.release=…".
var release string //nolint:gochecknoglobals // the linker sets it

// version returns the version of this build: release, otherwise the version that
// Go stamped from the repository, otherwise "devel".
func version() string {
	stamped := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		stamped = strings.Trim(info.Main.Version, "()")
	}
	return cmp.Or(release, stamped, "devel")
}
