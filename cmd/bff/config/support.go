package config

import (
	"errors"
	"fmt"
	"net/mail"
	"os"
	"strings"

	"renzheng/setting"
	"renzheng/support"
	"renzheng/verification/failure"
)

// Support configures what people see of technical support.
type Support struct {
	Name      string `help:"Name of the service account, as people see it in WeChat." default:"你呼我应" env:"BFF_SUPPORT_NAME"`
	QRPicture string `help:"Picture (PNG or JPEG) of the service account's permanent QR code, shown if no temporary one is available." type:"path" env:"BFF_SUPPORT_QR_PICTURE"`
	Window    string `help:"Address and hours of the service window, up to 500 characters. A general text by default." env:"BFF_SUPPORT_WINDOW"`
	Mail      string `help:"Address to which persons may send an appeal by mail, as a fallback. None by default." env:"BFF_SUPPORT_MAIL"`
	FAQ       string `help:"JSON file of frequent questions; the built-in ones by default." type:"path" env:"BFF_SUPPORT_FAQ"`
}

// longestWindow limits the text on the service window, in characters.
const longestWindow = 500

// Check returns a setting.Error for each field that is invalid, joined. It reads
// the files.
func (s Support) Check() error {
	_, picture := s.LoadPicture()
	_, faq := s.LoadFAQ()
	return errors.Join(
		setting.Wrap("QRPicture", picture),
		setting.Wrap("FAQ", faq),
		setting.Require(len([]rune(s.Window)) <= longestWindow, "Window", fmt.Sprintf("must have at most %d characters", longestWindow)),
		setting.Wrap("Mail", checkMail(s.Mail)),
	)
}

// checkMail returns an error unless an address is a plain one, or empty.
func checkMail(address string) error {
	if address == "" {
		return nil
	}
	if parsed, err := mail.ParseAddress(address); err != nil || parsed.Address != address {
		return errors.New("must be an address such as appeals@authority.example")
	}
	return nil
}

// LoadPicture returns the fixed QR code, or nil if none is configured.
func (s Support) LoadPicture() ([]byte, error) {
	if s.QRPicture == "" {
		return nil, nil
	}
	file, err := os.ReadFile(s.QRPicture)
	if err != nil {
		return nil, fmt.Errorf("reading the picture: %w", err)
	}
	return file, support.CheckPicture(file)
}

// LoadFAQ reads the questions. Every failure must have an answer.
func (s Support) LoadFAQ() (*support.FAQ, error) {
	content, err := s.ReadFAQ()
	if err != nil {
		return nil, err
	}
	return ParseFAQ(content)
}

// ReadFAQ returns the file of questions, or the built-in ones.
func (s Support) ReadFAQ() ([]byte, error) { return readOr(s.FAQ, support.BuiltInFAQ) }

// ParseFAQ is LoadFAQ with the content of the file. It reports every problem at once.
func ParseFAQ(content []byte) (*support.FAQ, error) {
	faq, err := support.LoadFAQ(content)
	if err != nil {
		return nil, err
	}
	var codes []string
	for _, entry := range failure.Catalogue() {
		codes = append(codes, string(entry.Code))
	}
	if missing := faq.Unanswered(codes); len(missing) > 0 {
		return nil, errors.New("no answer for the failures " + strings.Join(missing, ", "))
	}
	return faq, nil
}
