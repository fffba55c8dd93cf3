package alipay_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"testing"
	"time"

	"renzheng/providers/alipay/alipaytest"
	"renzheng/providers/fakes"
	"renzheng/verification"
	"renzheng/verification/failure"
)

func TestClient_QueryFace_passesOnSignedTOnly(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]alipaytest.Fault{
		"passed in lower case":               {Answer: `{"code":"10000","passed":"t"}`},
		"passed as a boolean":                {Answer: `{"code":"10000","passed":true}`},
		"passed is empty":                    {Answer: `{"code":"10000","passed":""}`},
		"passed is missing":                  {Answer: `{"code":"10000"}`},
		"passed with a code of failure":      {Answer: `{"code":"40004","passed":"T"}`},
		"passed with another kind of ok":     {Answer: `{"code":"10003","passed":"T"}`},
		"passed without a code":              {Answer: `{"passed":"T"}`},
		"passed in an array":                 {Answer: `[{"code":"10000","passed":"T"}]`},
		"null":                               {Answer: `null`},
		"a string":                           {Answer: `"T"`},
		"passed without a signature":         {Body: []byte(`{"alipay_user_certify_open_query_response":{"code":"10000","passed":"T"}}`)},
		"passed with a wrong signature":      {Body: []byte(`{"alipay_user_certify_open_query_response":{"code":"10000","passed":"T"},"sign":"AAAA"}`)},
		"passed in the error node":           {Body: []byte(`{"error_response":{"code":"10000","passed":"T"}}`)},
		"the error node is null":             {Body: []byte(`{"error_response":null}`)},
		"an unsigned null":                   {Body: []byte(`{"alipay_user_certify_open_query_response":null}`)},
		"pending that nobody signed":         {Body: []byte(`{"error_response":{"code":"40004","sub_code":"OPEN_CERTIFY_BILL_STATUS_ERROR"}}`)},
		"a page":                             {Status: 502},
		"a page with status 200":             {Status: 200},
		"nothing":                            {Body: []byte{}},
		"five megabytes":                     {Body: make([]byte, 5<<20)},
		"the right answer, unsigned":         {Unsigned: true},
		"the right answer, by somebody else": {Forged: true},
		"the right answer, redirected":       {Location: "/gateway.do"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			client := w.client(t)
			started := w.start(t, client)
			w.show(t, started.Call, ownerOpenID, alipaytest.ActionPass)
			w.gateway.Break(methodQuery, fault)
			got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID})
			if err == nil || got.Outcome != "" {
				t.Errorf("got %s, %v, want an error", got.Outcome, err)
			}
			w.gateway.Mend(methodQuery)
			if got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID}); err != nil || got.Outcome != verification.OutcomePassed {
				t.Errorf("afterwards: got %s, %v, want passed", got.Outcome, err)
			}
		})
	}
}

func TestClient_QueryFace_refusesAnAnswerToAnotherCall(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	client := w.client(t)
	started := w.start(t, client)
	signed := w.gateway.Envelope("alipay_user_info_share_response", []byte(`{"code":"10000","passed":"T"}`))
	w.gateway.Break(methodQuery, alipaytest.Fault{Body: signed})
	if got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID}); err == nil {
		t.Errorf("got %s, want an error", got.Outcome)
	}
}

func TestClient_QueryFace_endsOnlyChecksThatCannotBeFinished(t *testing.T) {
	t.Parallel()
	for subCode, want := range map[string]verification.FaceResult{
		"CERTIFY_ID_EXPIRED":             {Outcome: verification.OutcomeFailed, Failure: failure.FaceNotFinished},
		"OPEN_CERTIFY_BILL_STATUS_ERROR": {Outcome: verification.OutcomePending},
		"OPEN_CERTIFY_BILL_NOT_EXIST":    {Outcome: verification.OutcomePending}, // we began it, so it may be found later
	} {
		w := newFixture(t)
		w.gateway.Break(methodQuery, alipaytest.Fault{Answer: `{"code":"40004","sub_code":"` + subCode + `"}`})
		client := w.client(t)
		got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: w.start(t, client).ProviderID})
		if err != nil || got.Outcome != want.Outcome || got.Failure != want.Failure {
			t.Errorf("%s: got %s %s, %v, want %s %s", subCode, got.Outcome, got.Failure, err, want.Outcome, want.Failure)
		}
	}
}

func TestClient_QueryFace_findsOutLaterWhatTimedOut(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.config.Timeout = 300 * time.Millisecond
	w.fate = fakes.FaceFate{SilentQueries: 1}
	client := w.client(t)
	started := w.start(t, client)
	w.show(t, started.Call, ownerOpenID, alipaytest.ActionPass)
	if _, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID}); err == nil || errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("got %v, want doubt", err)
	}
	if got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID}); err != nil || got.Outcome != verification.OutcomePassed {
		t.Errorf("got %s, %v, want passed", got.Outcome, err)
	}
}

func TestClient_QueryFace_neverSendsWhatCannotBeAnID(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	if _, err := w.client(t).QueryFace(t.Context(), verification.FaceQuery{ProviderID: `x","passed":"T`}); !errors.Is(err, verification.ErrNothingDone) {
		t.Errorf("got %v, want %v", err, verification.ErrNothingDone)
	}
	if got := w.gateway.Calls(methodQuery); got != 0 {
		t.Errorf("got %d calls, want none", got)
	}
}

func TestClient_QueryFace_passesWithoutAPictureThatReadsAsOne(t *testing.T) {
	t.Parallel()
	picture := base64.StdEncoding.EncodeToString(fakes.Portrait("a", "b"))
	for name, tc := range map[string]struct {
		material string // JSON
		want     bool
	}{
		"a picture in a string of JSON":    {`"{\"facial_picture_front\":\"` + picture + `\"}"`, true},
		"a picture in an object":           {`{"facial_picture_front":"` + picture + `"}`, true},
		"a picture one level down":         {`{"material":{"face":"` + picture + `"}}`, true},
		"a picture as a data address":      {`{"face":"data:image/jpeg;base64,` + picture + `"}`, true},
		"the empty object":                 {`"{}"`, false},
		"nothing":                          {`""`, false},
		"null":                             {`null`, false},
		"an array":                         {`["` + picture + `"]`, false},
		"a picture of something else":      {`{"id_card_front":"` + picture + `"}`, false},
		"no base64":                        {`{"face":"***"}`, false},
		"base64 of no picture":             {`{"face":"aGVsbG8="}`, false},
		"a picture below too many objects": {`{"a":{"a":{"a":{"a":{"face":"` + picture + `"}}}}}`, false},
		"a page":                           {`{"face":"` + base64.StdEncoding.EncodeToString([]byte("<html>")) + `"}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newFixture(t)
			client := w.client(t)
			started := w.start(t, client)
			w.gateway.Break(methodQuery, alipaytest.Fault{
				Answer: fmt.Sprintf(`{"code":"10000","passed":"T","material_info":%s}`, tc.material),
			})
			got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID})
			if err != nil || got.Outcome != verification.OutcomePassed || (got.Portrait != nil) != tc.want {
				t.Errorf("got %s, picture %t, %v, want passed, picture %t", got.Outcome, got.Portrait != nil, err, tc.want)
			}
		})
	}
}

func TestClient_QueryFace_hasAPictureOnlyWherePermittedAndAsked(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ permitted, asked bool }{{true, true}, {true, false}, {false, true}, {false, false}} {
		w := newFixture(t)
		w.config.PortraitPermitted = tc.permitted
		client := w.client(t)
		start := faceStart(t)
		start.PortraitToo = tc.asked
		started, err := client.StartFace(t.Context(), start)
		if err != nil {
			t.Fatal(err)
		}
		w.show(t, started.Call, ownerOpenID, alipaytest.ActionPass)
		got, err := client.QueryFace(t.Context(), verification.FaceQuery{ProviderID: started.ProviderID})
		if err != nil || (got.Portrait != nil) != (tc.permitted && tc.asked) {
			t.Errorf("%+v: got picture %t, %v", tc, got.Portrait != nil, err)
		}
	}
}
