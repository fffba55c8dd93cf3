package alipaytest

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"time"

	"renzheng/providers/fakes"
)

const certifyLife = 23 * time.Hour

var orderShape = regexp.MustCompile(`^[A-Za-z0-9]{1,32}$`)

// certification is one face check.
type certification struct {
	id        string
	request   initializeRequest
	createdAt time.Time
	opened    bool // its page was shown
	finished  bool
	outcome   fakes.Outcome
	silent    int // queries that still get no answer
	noPicture bool
}

// ExpireFaces expires every check that is not finished, as if [certifyLife] had
// passed. No face can be shown for it any more.
func (g *Gateway) ExpireFaces() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, c := range g.certs {
		if !c.finished {
			c.createdAt = time.Time{}
		}
	}
}

type initializeRequest struct {
	OuterOrderNo  string `json:"outer_order_no"`
	BizCode       string `json:"biz_code"`
	IdentityParam struct {
		IdentityType string `json:"identity_type"`
		CertType     string `json:"cert_type"`
		CertName     string `json:"cert_name"`
		CertNo       string `json:"cert_no"`
		OpenID       string `json:"open_id"`
		UserID       string `json:"user_id"`
	} `json:"identity_param"`
	MerchantConfig struct {
		ReturnURL           string `json:"return_url"`
		OutPutFacialPicture bool   `json:"out_put_facial_picture"`
	} `json:"merchant_config"`
}

// certTypes are the documents that the platform checks. There is no passport.
func certTypes() []string {
	return []string{
		"IDENTITY_CARD", "HOME_VISIT_PERMIT_HK_MC", "HOME_VISIT_PERMIT_TAIWAN",
		"RESIDENCE_PERMIT_HK_MC", "RESIDENCE_PERMIT_TAIWAN", "PERMANENT_RESIDENCE_FOREIGNER",
	}
}

func (r initializeRequest) wellFormed() bool {
	who := r.IdentityParam
	return orderShape.MatchString(r.OuterOrderNo) && r.BizCode == "FACE" && who.IdentityType == "CERT_INFO" &&
		slices.Contains(certTypes(), who.CertType) && who.CertName != "" && len([]rune(who.CertName)) <= 50 &&
		who.CertNo != "" && len(who.CertNo) <= 30
}

func (g *Gateway) initialize(p url.Values) reply {
	var request initializeRequest
	if !business(p, &request) || !request.wellFormed() {
		return failure(methodInitialize, "ILLEGAL_ARGUMENT_FORMAT")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.orders[request.OuterOrderNo] {
		return failure(methodInitialize, "ILLEGAL_ARGUMENT_FORMAT")
	}
	g.orders[request.OuterOrderNo] = true
	c := &certification{id: randomID(), request: request, createdAt: g.options.Clock()}
	g.certs[c.id] = c
	return success(methodInitialize, fields{"certify_id": c.id})
}

type certifyRequest struct {
	CertifyID string `json:"certify_id"`
}

func (g *Gateway) query(p url.Values) reply {
	var request certifyRequest
	if !business(p, &request) {
		return failure(methodQuery, "ILLEGAL_ARGUMENT_FORMAT")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	c, ok := g.certs[request.CertifyID]
	switch {
	case !ok:
		return failure(methodQuery, "OPEN_CERTIFY_BILL_NOT_EXIST")
	case g.options.Clock().Sub(c.createdAt) > certifyLife:
		return failure(methodQuery, "CERTIFY_ID_EXPIRED")
	case !c.finished:
		return failure(methodQuery, "OPEN_CERTIFY_BILL_STATUS_ERROR")
	case c.silent > 0:
		c.silent--
		return reply{node: nodeOf(methodQuery), value: []byte("{}"), silent: true}
	case c.outcome != fakes.Passes:
		return success(methodQuery, fields{"passed": "F", "fail_reason": reasonOf(c.outcome), "material_info": "{}"})
	}
	return success(methodQuery, fields{"passed": "T", "identity_info": "", "material_info": c.material()})
}

// material returns the captured picture where it was asked for.
func (c *certification) material() string {
	if !c.request.MerchantConfig.OutPutFacialPicture || c.noPicture {
		return "{}"
	}
	who := c.request.IdentityParam
	picture := base64.StdEncoding.EncodeToString(fakes.Portrait(who.CertName, who.CertNo))
	text, err := json.Marshal(map[string]string{"facial_picture_front": picture})
	if err != nil {
		return "{}" // strings encode
	}
	return string(text)
}
