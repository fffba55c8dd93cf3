package backup_test

import (
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"renzheng/sql/backup"
)

// The tools of MariaDB and of MySQL ask for TLS by different options, and end at one that they do not know.
func TestOptions_AskForTLSInTheWordsOfBothVendors(t *testing.T) {
	t.Parallel()
	for _, tls := range []string{"true", "skip-verify"} {
		options, err := backup.OptionsOf(&mysql.Config{Net: "tcp", Addr: "db:3306", TLSConfig: tls})
		if err != nil || !strings.Contains(options, "\nloose-ssl\n") || !strings.Contains(options, "\nloose-ssl-mode=") {
			t.Errorf("tls=%s: got %q, %v", tls, options, err)
		}
		if strings.Contains(options, "\nssl") {
			t.Errorf("tls=%s: got %q, with an option that one of them rejects", tls, options)
		}
	}
	if _, err := backup.OptionsOf(&mysql.Config{Net: "tcp", Addr: "db:3306", TLSConfig: "custom"}); err == nil {
		t.Error("a configuration that the tools cannot know is left out silently")
	}
}
