package providerstest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"renzheng/identity/photo"
	"renzheng/providers/kit"
)

// Card is what is printed on the resident ID of this suite. No error may repeat any of it.
type Card struct{ Name, Number, Issuer, Valid string }

// OpenRecognizer returns an adapter whose transport is given.
type OpenRecognizer func(t *testing.T, transport http.RoundTripper) photo.Recognizer

// RunRecognizer runs the suite for adapters of text recognitions. broken returns answers that are no reading, each with something of the
// card in it.
func RunRecognizer(t *testing.T, open OpenRecognizer, broken func(Card) []string) {
	t.Helper()
	t.Run("an error repeats nothing", func(t *testing.T) { t.Parallel(); recognizerEchoes(t, open, broken) })
	t.Run("a call ends with its context", func(t *testing.T) { t.Parallel(); recognizerCancelled(t, open) })
}

func recognizerEchoes(t *testing.T, open OpenRecognizer, broken func(Card) []string) {
	t.Helper()
	card := Card{personName, personNumber, "样例市公安局哨兵分局", "2013.07.21-2033.07.21"}
	secrets := []string{card.Name, card.Number, card.Issuer, card.Valid, "哨兵", "2013", "2033", "110105"}
	for i, body := range broken(card) {
		for _, status := range []int{http.StatusOK, http.StatusBadRequest, http.StatusBadGateway} {
			for _, side := range []photo.Side{photo.Front, photo.Back} {
				_, err := open(t, replying(status, body)).Recognize(t.Context(), photo.Photo{Side: side, JPEG: []byte("\xff\xd8\xff " + card.Name)})
				failed, ok := errors.AsType[*kit.CallError](err)
				if !ok || !errors.Is(err, photo.ErrNotRead) {
					t.Fatalf("answer %d with status %d: got %v, want no reading", i, status, err)
				}
				for _, text := range []string{err.Error(), fmt.Sprintf("%v %+v %#v", err, err, failed.Unwrap()), failed.FailureCode(), failed.RequestID} {
					for _, secret := range secrets {
						if strings.Contains(text, secret) {
							t.Errorf("answer %d with status %d: the error repeats the card: %s", i, status, text)
						}
					}
				}
			}
		}
	}
}

// transportFunc is a transport made of a function.
type transportFunc func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// replying returns a transport that answers everything alike.
func replying(status int, body string) transportFunc {
	return func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

// recognizerCancelled holds that the request itself ends: a person who withdraws does not want it to go on.
func recognizerCancelled(t *testing.T, open OpenRecognizer) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	sent := 0
	_, err := open(t, transportFunc(func(r *http.Request) (*http.Response, error) {
		sent++
		cancel()
		<-r.Context().Done()
		return nil, r.Context().Err()
	})).Recognize(ctx, photo.Photo{Side: photo.Front, JPEG: []byte("\xff\xd8\xff")})
	if sent != 1 || !errors.Is(err, context.Canceled) || !errors.Is(err, photo.ErrNotRead) {
		t.Errorf("got %v after %d requests, want one that was cancelled", err, sent)
	}
	wantHealth(t, err, silent)
}
