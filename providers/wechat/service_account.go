package wechat

import (
	"encoding/base64"
	"errors"

	"renzheng/identity"
	"renzheng/providers/kit"
	"renzheng/setting"
)

// ServiceConfig is the configuration of a service account, which answers for
// technical support. Its server push must be set to the safe mode (安全模式) in
// WeChat's console, because unencrypted messages are rejected.
type ServiceConfig struct {
	App

	PushToken      identity.Secret  // 3 to 32 letters and digits, as set in the console
	EncodingAESKey identity.Secret  // 43 letters and digits, as set in the console
	Nonces         NonceStore       // shared by all replicas
	IsReplay       func(error) bool // tells UseNonce's "used before" from a broken store
}

// Validate returns a setting.Error for each field that is invalid, joined. It does
// not check what no operator sets; NewServiceAccount does.
func (c ServiceConfig) Validate() error {
	_, err := c.seal()
	return errors.Join(c.App.Validate(), err)
}

func (c ServiceConfig) seal() (seal, error) {
	key, err := base64.StdEncoding.DecodeString(c.EncodingAESKey.Reveal() + "=")
	return seal{token: c.PushToken, key: key, appID: c.AppID}, errors.Join(
		setting.Require(len(c.PushToken.Reveal()) >= 3 && kit.WellFormed(c.PushToken.Reveal(), 32, ""), "PushToken", "must be 3 to 32 letters and digits"),
		setting.Require(err == nil && len(c.EncodingAESKey.Reveal()) == 43 && len(key) == 32, "EncodingAESKey", "must be 43 letters and digits"),
	)
}

// ServiceAccount makes and answers the calls of one service account. Safe for
// concurrent use.
type ServiceAccount struct {
	*caller

	seal     seal
	nonces   NonceStore
	isReplay func(error) bool
}

// NewServiceAccount returns a service account.
//
// Errors: those of Validate, and of stores, clock and IsReplay that are missing.
func NewServiceAccount(config ServiceConfig) (*ServiceAccount, error) {
	err := errors.Join(
		config.Validate(),
		setting.Require(config.Nonces != nil, "Nonces", "must be set"),
		setting.Require(config.IsReplay != nil, "IsReplay", "must be set"),
	)
	if err != nil {
		return nil, err
	}
	made, err := newCaller(config.App)
	if err != nil {
		return nil, err
	}
	sealed, err := config.seal()
	if err != nil {
		return nil, err
	}
	return &ServiceAccount{caller: made, seal: sealed, nonces: config.Nonces, isReplay: config.IsReplay}, nil
}
