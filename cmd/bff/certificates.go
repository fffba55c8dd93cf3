package main

import (
	"crypto/x509"
	"encoding/pem"
	"iter"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"renzheng/cmd/bff/config"
)

// certificates reports how long the certificates of the settings are valid. Only leaves count: a file of roots holds some that
// ended long ago.
type certificates struct {
	*config.Config

	clock func() time.Time
}

// Describe implements [prometheus.Collector].
func (c certificates) Describe(to chan<- *prometheus.Desc) { to <- certificateDesc() }

// Collect implements [prometheus.Collector].
func (c certificates) Collect(to chan<- prometheus.Metric) {
	for name, leaf := range c.leaves() {
		to <- prometheus.MustNewConstMetric(certificateDesc(), prometheus.GaugeValue, leaf.NotAfter.Sub(c.clock()).Seconds(), name)
	}
}

// leaves returns the certificates by their settings, in the order of these.
func (c certificates) leaves() iter.Seq2[string, *x509.Certificate] {
	return func(yield func(string, *x509.Certificate) bool) {
		for _, s := range []struct{ name, text string }{{"BFF_ALIPAY_ALIPAY_CERT", c.Alipay.AlipayCert}, {"BFF_ALIPAY_APP_CERT", c.Alipay.AppCert}} {
			block, _ := pem.Decode([]byte(s.text))
			if block == nil {
				continue
			}
			if leaf, err := x509.ParseCertificate(block.Bytes); err == nil && !yield(s.name, leaf) {
				return
			}
		}
	}
}

func certificateDesc() *prometheus.Desc {
	return prometheus.NewDesc("bff_certificate_remaining_seconds", "How long a certificate of the settings is still valid.", []string{"setting"}, nil)
}
