package console_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"renzheng/console"
)

// Every problem that the loaders of versions can report is told in Chinese: the formats of their errors are read from the source.
func TestProblems_AreToldInChinese(t *testing.T) {
	t.Parallel()
	tell, err := console.Problems()
	if err != nil {
		t.Fatal(err)
	}
	format := regexp.MustCompile(`(?:fmt\.Errorf|errors\.New)\(\n?\s*"((?:[^"\\]|\\.)*)"|\{[^{}"]*(?:\([^()]*\)[^{}"]*)?, "([a-z][^"]+ [^"]+)"\},`)
	files := []string{"../rulebook/propose.go", "../cmd/bff/config/support.go", "../support/faq.go", "../support/faq_validate.go"}
	for _, pattern := range []string{"notice/validate.go", "notice/change.go", "notice/recipients.go", "policy/validate.go", "policy/provider.go", "policy/sources.go", "policy/limits_file.go"} {
		found, err := filepath.Glob("../verification/" + pattern)
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: got %v, %v", pattern, found, err)
		}
		files = append(files, found...)
	}
	samples := strings.NewReplacer(`\"`, `"`, "%q", `"x"`, "%w", "it limits nothing", "%s", "x", "%d", "9")
	told := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range format.FindAllStringSubmatch(string(source), -1) {
			text := samples.Replace(match[1] + match[2])
			if ignored(text) {
				continue
			}
			if strings.HasSuffix(text, " ") { // a list follows
				text += "x"
			}
			if chinese := tell(text); chinese == text || strings.Contains(chinese, "{") {
				t.Errorf("%s: %q is told as %q", file, text, chinese)
			}
			told++
		}
	}
	if told < 45 {
		t.Errorf("only %d problems were found in the source", told)
	}
	for text, want := range map[string]string{
		"checking the limits: FaceStarts: must not be below the limit Face":                            "发起人脸核验（账号）：不能小于“人脸核验失败（账号）”的次数",
		`entry "how_to_open": the answer in zh-Hans must have 1 to 1300 bytes`:                         "问题“how_to_open”：简体中文的回答须为 1 至 1300 字节（一个汉字 3 字节）",
		`checking the policy: route 3: check face names provider "alipay" twice`:                       "第 3 条路由（从 0 数起）：核验项 face：核验机构“alipay”重复",
		"reading the questions: /entries/0: value of another type near byte 12":                        "不是可用的 JSON：/entries/0：值的类型不对（第 12 字节附近）",
		`notice 1 (face): zh-Hant: title must have at most 100 characters, none of which is invisible`: "第 1 份告知书（face，从 0 数起）：繁体中文：标题最多 100 个字，不能有不可见字符",
	} {
		if got := tell(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// ignored reports whether an error is not about the content of a version, but about a setting, a picture or a switch.
func ignored(text string) bool {
	for _, other := range []string{"must be an address", "reading the picture", "digesting the"} {
		if strings.HasPrefix(text, other) {
			return true
		}
	}
	return false
}
