package setting_test

import (
	"errors"
	"io/fs"
	"testing"

	"renzheng/setting"
)

func TestError_NamesItsFieldAndKeepsItsCause(t *testing.T) {
	t.Parallel()
	err := setting.Wrap("Key", fs.ErrNotExist)
	if got, want := err.Error(), "Key: file does not exist"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want an error that wraps its cause", err)
	}
}

func TestWrap_AndRequireReturnNilIfNothingIsWrong(t *testing.T) {
	t.Parallel()
	if err := setting.Wrap("Key", nil); err != nil {
		t.Errorf("Wrap: got %v, want nil", err)
	}
	if err := setting.Require(true, "Key", "must be set"); err != nil {
		t.Errorf("Require: got %v, want nil", err)
	}
}

func TestSplit_ReturnsEveryFieldOfAJoinedError(t *testing.T) {
	t.Parallel()
	plain := errors.New("of no field")
	err := errors.Join(
		setting.Require(false, "AppID", "must be set"),
		errors.Join(setting.Wrap("Key", errors.Join(plain, plain)), nil),
		plain,
	)
	got := setting.Split(err)
	if len(got) != 3 {
		t.Fatalf("got %d errors, want 3: %v", len(got), got)
	}
	for i, want := range []string{"AppID", "Key"} {
		field, ok := errors.AsType[*setting.Error](got[i])
		if !ok || field.Field != want {
			t.Errorf("error %d: got %v, want one of the field %s", i, got[i], want)
		}
	}
	if !errors.Is(got[2], plain) {
		t.Errorf("got %v last, want the error of no field", got[2])
	}
	if got := setting.Split(nil); got != nil {
		t.Errorf("nil: got %v, want none", got)
	}
}
