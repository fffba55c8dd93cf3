package main

import (
	"cmp"
	"runtime/debug"
	"strings"
)

// version returns the version that Go stamped from the repository, otherwise "devel".
func version() string {
	stamped := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		stamped = strings.Trim(info.Main.Version, "()")
	}
	return cmp.Or(stamped, "devel")
}
