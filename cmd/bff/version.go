package main

import (
	"cmp"
	"runtime/debug"
	"strings"
)

// release is the version that a build without its repository is given, as that of
// the container image: go build -ldflags "-X main.release=…".
var release string //nolint:gochecknoglobals // the linker sets it

// version returns the version of this build: release, or else what Go stamped
// from the repository, or "devel".
func version() string {
	stamped := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		stamped = strings.Trim(info.Main.Version, "()")
	}
	return cmp.Or(release, stamped, "devel")
}
