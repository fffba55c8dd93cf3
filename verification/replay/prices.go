package replay

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"renzheng/verification/policy"
)

// Prices are what one call costs by check and provider: 1 yuan is 10000.
type Prices map[policy.CheckKind]map[string]int64

// unit is one yuan.
const unit = 10000

var pricePattern = regexp.MustCompile(`^([a-z_]{1,24})/([A-Za-z0-9_-]{1,48})=([0-9]{1,6})(?:\.([0-9]{1,4}))?$`)

// ParsePrices parses prices in yuan, each as CHECK/PROVIDER=PRICE such as face/alipay=0.8.
func ParsePrices(list []string) (Prices, error) {
	prices := Prices{}
	for _, text := range list {
		parts := pricePattern.FindStringSubmatch(text)
		if parts == nil {
			return nil, fmt.Errorf("%q must be CHECK/PROVIDER=PRICE such as face/alipay=0.8", text)
		}
		kind, provider := policy.CheckKind(parts[1]), parts[2]
		whole, _ := strconv.ParseInt(parts[3], 10, 64)
		part, _ := strconv.ParseInt((parts[4] + "0000")[:4], 10, 64)
		if prices[kind] == nil {
			prices[kind] = map[string]int64{}
		}
		if _, ok := prices[kind][provider]; ok {
			return nil, fmt.Errorf("the price of %s/%s is set twice", kind, provider)
		}
		prices[kind][provider] = whole*unit + part
	}
	return prices, nil
}

// Yuan formats a cost.
func Yuan(cost int64) string {
	text := fmt.Sprintf("%d.%04d", cost/unit, cost%unit)
	return strings.TrimSuffix(text, "00")
}
