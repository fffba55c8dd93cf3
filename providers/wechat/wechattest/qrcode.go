package wechattest

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
)

const (
	qrModules = 33
	qrPixels  = 8 // of a module
)

type qrRequest struct {
	ExpireSeconds int    `json:"expire_seconds"`
	ActionName    string `json:"action_name"`
	ActionInfo    struct {
		Scene struct {
			SceneStr string `json:"scene_str"`
		} `json:"scene"`
	} `json:"action_info"`
}

func (s *Server) createQRCode(_ string, r *http.Request) answer {
	var request qrRequest
	scene := &request.ActionInfo.Scene.SceneStr
	if !read(r, &request) || request.ActionName != "QR_STR_SCENE" || *scene == "" || len(*scene) > 64 ||
		request.ExpireSeconds < 1 || request.ExpireSeconds > 30*24*60*60 {
		return refused(40053)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ticket := "gQ/" + randomID() + "+8==" // with characters that have a meaning in an address
	s.tickets[ticket] = *scene
	return plain(fields{"ticket": ticket, "expire_seconds": request.ExpireSeconds, "url": "http://weixin.qq.com/q/" + randomID()})
}

// Scenes returns the scenes of the QR codes that were made.
func (s *Server) Scenes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	scenes := make([]string, 0, len(s.tickets))
	for _, scene := range s.tickets {
		scenes = append(scenes, scene)
	}
	return scenes
}

func (s *Server) showQRCode(r *http.Request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	ticket := r.URL.Query().Get("ticket")
	if _, ok := s.tickets[ticket]; !ok {
		return refused(40014)
	}
	return answer{picture: drawCode(ticket)}
}

// drawCode draws what looks like a code and cannot be scanned.
func drawCode(ticket string) []byte {
	side := qrModules * qrPixels
	canvas := image.NewGray(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			row := sha256.Sum256([]byte{byte(y / qrPixels), ticket[3]})
			shade := color.Gray{Y: 255}
			if i := x / qrPixels; row[i%len(row)]&1 == 1 {
				shade.Y = 0
			}
			canvas.SetGray(x, y, shade)
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, canvas, nil); err != nil {
		return nil // a buffer takes everything
	}
	return out.Bytes()
}

func (s *Server) createMenu(appID string, r *http.Request) answer {
	var request struct {
		Button []json.RawMessage `json:"button"`
	}
	if !read(r, &request) || len(request.Button) < 1 || len(request.Button) > 3 {
		return refused(40016)
	}
	text, err := json.Marshal(request.Button)
	if err != nil {
		return refused(40016)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.menus[appID] = string(text)
	return success(fields{})
}

// Menu returns the buttons of an application's menu, as JSON.
func (s *Server) Menu(appID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.menus[appID]
}
