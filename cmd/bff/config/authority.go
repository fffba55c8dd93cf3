package config

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"

	"renzheng/bff"
	"renzheng/identity"
	"renzheng/setting"
	"renzheng/support"
)

// Authority configures how people see the authority in whose name the service runs.
type Authority struct {
	Name            string `help:"Name of the authority, as people see it on every page." default:"登记机关" env:"BFF_AUTHORITY_NAME"`
	NameTraditional string `help:"Its name in traditional Chinese; BFF_AUTHORITY_NAME by default." env:"BFF_AUTHORITY_NAME_TRADITIONAL"`
	NameEnglish     string `help:"Its name in English; BFF_AUTHORITY_NAME by default." env:"BFF_AUTHORITY_NAME_ENGLISH"`
	Color           string `help:"Accent color of the client such as #1f5fbf, with a contrast of at least 4.5 to white; the client's own by default." env:"BFF_AUTHORITY_COLOR"`
	Logo            string `help:"Picture (PNG or JPEG) of its logo." type:"path" env:"BFF_AUTHORITY_LOGO"`
}

const (
	longestAuthority = 60  // characters of a name, three lines on a narrow phone
	leastContrast    = 4.5 // to white, WCAG 2.2 criterion 1.4.3
)

var colorShape = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// Check returns a setting.Error for each field that is invalid, joined. It reads the
// picture.
func (a Authority) Check() error {
	_, logo := a.loadLogo()
	return errors.Join(
		checkAuthorityName("Name", a.Name),
		checkAuthorityName("NameTraditional", a.Names().Traditional),
		checkAuthorityName("NameEnglish", a.Names().English),
		setting.Wrap("Color", checkColor(a.Color)),
		setting.Wrap("Logo", logo),
	)
}

// Edge returns what the API answers about the authority.
func (a Authority) Edge() (bff.Authority, error) {
	logo, err := a.loadLogo()
	return bff.Authority{Name: a.Names(), Color: strings.ToLower(a.Color), Logo: logo}, err
}

// Names returns the name of the authority.
func (a Authority) Names() identity.Text {
	return identity.Text{Chinese: a.Name, Traditional: cmp.Or(a.NameTraditional, a.Name), English: cmp.Or(a.NameEnglish, a.Name)}
}

func (a Authority) loadLogo() ([]byte, error) {
	if a.Logo == "" {
		return nil, nil
	}
	file, err := os.ReadFile(a.Logo)
	if err != nil {
		return nil, fmt.Errorf("reading the picture: %w", err)
	}
	return file, support.CheckPicture(file)
}

func checkAuthorityName(field, name string) error {
	if strings.TrimSpace(name) == "" || identity.PlainText(name, longestAuthority) != nil {
		return setting.Errorf(field, "must be 1 to %d characters of plain text", longestAuthority)
	}
	return nil
}

func checkColor(color string) error {
	switch {
	case color == "":
		return nil
	case !colorShape.MatchString(color):
		return errors.New("must be a color such as #1f5fbf")
	}
	if contrast := contrastToWhite(color); contrast < leastContrast {
		return fmt.Errorf("must have a contrast of at least %.1f to white, and has %.1f: choose a darker one", leastContrast, contrast)
	}
	return nil
}

// contrastToWhite returns the contrast ratio of a well-formed color, as WCAG 2.2 defines it.
func contrastToWhite(color string) float64 {
	linear := func(digits string) float64 {
		n, _ := strconv.ParseUint(digits, 16, 8)
		part := float64(n) / math.MaxUint8
		if part <= 0.04045 {
			return part / 12.92
		}
		return math.Pow((part+0.055)/1.055, 2.4)
	}
	luminance := 0.2126*linear(color[1:3]) + 0.7152*linear(color[3:5]) + 0.0722*linear(color[5:7])
	return (1 + 0.05) / (luminance + 0.05)
}
