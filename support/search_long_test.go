package support_test

import (
	"strings"
	"testing"

	"renzheng/identity"
	"renzheng/support"
)

// Of a message without end only the beginning is looked at.
func TestFAQ_Search_LooksAtTheBeginningOnly(t *testing.T) {
	t.Parallel()
	faq, err := support.DefaultFAQ()
	if err != nil {
		t.Fatal(err)
	}
	if len(faq.Search("银行卡核验不通过", identity.Chinese)) == 0 {
		t.Fatal("nothing is found")
	}
	if found := faq.Search(strings.Repeat("。", 100)+"银行卡核验不通过", identity.Chinese); len(found) != 0 {
		t.Errorf("got %d articles for what stands behind 100 characters", len(found))
	}
}
