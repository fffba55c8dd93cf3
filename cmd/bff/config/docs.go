package config

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
)

// WriteDocs writes docs/configuration.md from the tags of Config.
func WriteDocs(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# Configuration\n\n" +
		"Made from the code by `bff config-docs`; `make golden` writes it anew.\n\n" +
		"Each setting can be given as an environment variable, as a flag of `bff serve`, or in the JSON file named by\n" +
		"`--config` (one object whose members are the flag names). A flag wins over a variable, a variable over the file.\n" +
		"`BFF_DATABASE` and the secret keys may be given as `file:PATH`; as flags every user of the machine can read them\n" +
		"in the list of processes. A file that holds one, the file of settings too, must not be readable or writable for\n" +
		"every user of the machine; see `BFF_READABLE_SECRETS`. The server checks everything on start, the files\n" +
		"that are named here too, reports all problems together, and refuses members of the file and variables beginning\n" +
		"with `BFF_` that it does not know.\n\n" +
		"The file of registries is described in [registry.md](registry.md). For a policy or notices of your own begin with\n" +
		"copies of `verification/policy/policy.json` and `verification/notice/notices.json`; the built-in notices say who handles the data\n" +
		"as \"the registration authority that operates this service\", and yours should name it and how to reach it.\n\n" +
		"How the keys in the file of `BFF_KEYS` are changed is in [keys.md](keys.md).\n\n" +
		"| variable | flag | default | meaning |\n|---|---|---|---|\n")
	defaults := limitDefaults()
	defaultOf := func(name string) string { return defaults[name] }
	eachSetting(reflect.TypeFor[Config](), "", func(f reflect.StructField, flag string) {
		fmt.Fprintf(&b, "| `%s` | `--%s` | %s | %s |\n", f.Tag.Get("env"), flag, code(os.Expand(f.Tag.Get("default"), defaultOf)), f.Tag.Get("help"))
	})
	_, err := io.WriteString(w, b.String())
	return err
}

// code renders a default value.
func code(value string) string {
	if value == "" {
		return "–"
	}
	return "`" + value + "`"
}
