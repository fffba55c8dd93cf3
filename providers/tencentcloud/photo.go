package tencentcloud

import (
	"context"
	"encoding/base64"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"

	"renzheng/identity/photo"
	"renzheng/providers/kit"
)

const (
	photoEndpoint = "ocr.tencentcloudapi.com"
	photoService  = "ocr"
	photoVersion  = "2018-11-19"
	photoAction   = "IDCardOCR"

	// photoConfig switches the warnings on. Nothing is cropped, so that no picture comes back.
	photoConfig = `{"CopyWarn":true,"BorderCheckWarn":true,"ReshootWarn":true,"DetectPsWarn":true,"TempIdWarn":true,"InvalidDateWarn":true,"ReflectWarn":true,"Quality":true}`
)

// Recognizer reads photos of resident IDs by the vendor's text recognition (文字识别), which is another service with another
// address than that of Client. Safe for concurrent use.
type Recognizer struct{ sdk *common.Client }

var _ photo.Recognizer = (*Recognizer)(nil)

// NewRecognizer returns a recognizer, or an error for each invalid field of the configuration, whose Endpoint is
// ocr.tencentcloudapi.com if it is empty. It sends nothing.
func NewRecognizer(c Config) (*Recognizer, error) {
	if c.Endpoint == "" {
		c.Endpoint = photoEndpoint
	}
	sdk, err := open(c, "")
	if err != nil {
		return nil, err
	}
	return &Recognizer{sdk}, nil
}

// OfficialPhotos reports whether the recognizer of a configuration is the vendor's own host over TLS, as Official does.
func (c Config) OfficialPhotos() bool {
	c = c.withDefaults()
	return c.Endpoint == photoEndpoint && c.Scheme == schemeHTTPS
}

// Recognize implements [photo.Recognizer]. Errors: *kit.CallError, with photo.ErrNotRead.
func (r *Recognizer) Recognize(ctx context.Context, p photo.Photo) (photo.Reading, error) {
	side := map[photo.Side]string{photo.Front: "FRONT", photo.Back: "BACK"}[p.Side]
	if side == "" || len(p.JPEG) == 0 || len(p.JPEG) > photo.MaxBytes {
		return photo.Reading{}, kit.NotAsked(provider, photoAction).With(photo.ErrNotRead)
	}
	ctx, e := withExchange(ctx)
	request := tchttp.NewCommonRequest(photoService, photoVersion, photoAction)
	request.SetContext(ctx)
	err := request.SetActionParameters(map[string]any{
		"ImageBase64": base64.StdEncoding.EncodeToString(p.JPEG), "CardSide": side, "Config": photoConfig,
	})
	if err != nil {
		return photo.Reading{}, kit.NotAsked(provider, photoAction).With(photo.ErrNotRead)
	}
	if err = r.sdk.Send(request, tchttp.NewCommonResponse()); err != nil {
		return photo.Reading{}, kit.NotAnswered(provider, photoAction, e.reply.Status, e.err).With(photo.ErrNotRead)
	}
	return readPhoto(p.Side, e.reply)
}
