package config

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"renzheng/identity"
	"renzheng/providers/alibabacloud"
	"renzheng/providers/tencentcloud"
	"renzheng/setting"
	"renzheng/verification/notice"
	"renzheng/verification/policy"
)

// The recognizers that can be named.
const (
	tencentPhotos = "tencentcloud"
	alibabaPhotos = "alibabacloud"
)

// Photo configures the reading of photos of resident IDs in appeals. It is disabled if no recognizer is named.
type Photo struct {
	Recognizers []string      `help:"Text recognitions that read photos of resident IDs in appeals, in the order in which they are asked: tencentcloud, alibabacloud. They use the keys of the groups of these names. Nothing is read by default. The built-in notice of kind document_photo names each of them and no other; yours has to." env:"BFF_PHOTO_RECOGNIZERS"`
	Tencent     string        `help:"Host of Tencent Cloud's text recognition." default:"ocr.tencentcloudapi.com" env:"BFF_PHOTO_TENCENT"`
	Alibaba     string        `help:"Address of Alibaba Cloud's text recognition." default:"https://ocr-api.cn-hangzhou.aliyuncs.com" env:"BFF_PHOTO_ALIBABA"`
	Timeout     time.Duration `help:"Timeout of one call. A photo is given up after 15 seconds." default:"7s" env:"BFF_PHOTO_TIMEOUT"`
}

// IsSet reports whether a recognizer is named.
func (s Photo) IsSet() bool { return len(s.Recognizers) > 0 }

// TencentAdapter returns the configuration of Tencent Cloud's recognizer, with the key of its group.
func (s Photo) TencentAdapter(t TencentCloud) tencentcloud.Config {
	c := t.Adapter()
	c.Endpoint, c.Timeout = s.Tencent, s.Timeout
	return c
}

// AlibabaAdapter returns the configuration of Alibaba Cloud's recognizer, with the key of its group.
func (s Photo) AlibabaAdapter(a AlibabaCloud) alibabacloud.Config {
	c := a.Adapter()
	c.Endpoint, c.Timeout = s.Alibaba, s.Timeout
	return c
}

// Check returns a setting.Error for each field that is invalid, joined, and nil if no recognizer is named. What is wrong with the
// keys is reported with their own group.
func (s Photo) Check(t TencentCloud, a AlibabaCloud) error {
	var problems []error
	for i, name := range s.Recognizers {
		var isSet bool
		switch name {
		case tencentPhotos:
			isSet = t.IsSet()
			problems = append(problems, photoProblems("Tencent", s.TencentAdapter(t).Validate())...)
		case alibabaPhotos:
			isSet = a.IsSet()
			problems = append(problems, photoProblems("Alibaba", s.AlibabaAdapter(a).Validate())...)
		default:
			problems = append(problems, setting.Errorf("Recognizers", "each must be tencentcloud or alibabacloud"))
			continue
		}
		problems = append(problems, setting.Require(isSet, "Recognizers", "names a vendor whose key is not set"),
			setting.Require(!slices.Contains(s.Recognizers[:i], name), "Recognizers", "names a vendor twice"))
	}
	return errors.Join(problems...)
}

// photoProblems returns what is wrong with an address or the time-out, by the names of this group.
func photoProblems(address string, err error) []error {
	var problems []error
	for _, problem := range setting.Split(err) {
		field, ok := errors.AsType[*setting.Error](problem)
		switch {
		case ok && field.Field == "Endpoint":
			problems = append(problems, setting.Wrap(address, field.Err))
		case ok && field.Field == "Timeout":
			problems = append(problems, field)
		}
	}
	return problems
}

// official reports whether every recognizer that is named is reached at its vendor's own address.
func (s Photo) official(t TencentCloud, a AlibabaCloud) bool {
	return !slices.ContainsFunc(s.Recognizers, func(name string) bool {
		return name == tencentPhotos && !s.TencentAdapter(t).OfficialPhotos() || name == alibabaPhotos && !s.AlibabaAdapter(a).OfficialPhotos()
	})
}

// checkNotice returns an error if there is no notice to agree to, or it cannot name a recognizer.
func (s Photo) checkNotice(n *notice.Set) error {
	for _, channel := range policy.Channels() {
		if !n.Offers(identity.Channel(channel), notice.DocumentPhoto) {
			return errors.New("needs a notice of kind document_photo for every channel, because BFF_PHOTO_RECOGNIZERS is set")
		}
	}
	if _, err := n.Naming(notice.DocumentPhoto, s.Recognizers); err != nil {
		return fmt.Errorf("cannot name a vendor of BFF_PHOTO_RECOGNIZERS: %w", err)
	}
	return nil
}
