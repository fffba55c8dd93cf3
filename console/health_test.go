package console_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"renzheng/identity"
	"renzheng/operations"
	"renzheng/verification/policy"
)

func (r rows) counted(ago time.Duration, number int, request operations.Request) {
	r.t.Helper()
	at := r.Clock.Now().Add(-ago)
	err := r.Store.AddCounts(r.t.Context(), []operations.Count{{Request: request, Bucket: at.Truncate(operations.Bucket), Number: number, LastAt: at}})
	if err != nil {
		r.t.Fatal(err)
	}
}

func TestOperator_SeesEveryThirdPartyOfEveryReplica(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	b := r.SignedIn(t, "operator")
	b.Open("/").Follow("/providers").Want(http.StatusOK, "No replica has reported yet.", "BFF_ALIPAY_APP_CERT", "20 replace it soon")
	now := r.Clock.Now()
	for replica, state := range map[string]string{"pod-1": "open", "pod-2": "closed"} {
		err := r.Store.ReportProviders(t.Context(), replica, []operations.Provider{
			{Provider: "alipay", Call: "face_start", State: state, ChangedAt: now, FailureAt: now, FailureCode: "<timeout>", Calls: 7, P50: 40 * time.Millisecond, P95: 90 * time.Millisecond, P99: time.Second, ReportedAt: now},
			{Provider: "tencentcloud", Call: "bank_card", State: "half-open", ReportedAt: now},
		}, now.Add(operations.ReportLife))
		if err != nil {
			t.Fatal(err)
		}
	}
	text := identity.Text{Chinese: "维护", Traditional: "維護", English: "Closed"}
	if err := r.Store.PutSwitch(t.Context(), policy.Switch{Check: policy.BankCard, Provider: "*", State: policy.Off, Text: text, ChangedAt: now, ChangedBy: "值班"}); err != nil {
		t.Fatal(err)
	}
	page := b.Open("/providers").Want(http.StatusOK, "alipay face_start pod-1 open", "pod-2 closed", "<timeout>", "40 / 90 / 1000 (7)", "probing off", "bank_card").WantNot("<timeout>")
	if !strings.Contains(page.Body, `role="img" aria-labelledby="latency-title latency-desc"`) {
		t.Error("there is no chart with a name")
	}
	r.Clock.Move(operations.ReportLife)
	b.Open("/providers").Want(http.StatusOK, "No replica has reported yet.")
	t.Log("as documented: an operator sees every third party of every replica, with its switch")
}

func TestOperator_SeesWhatRegistriesAskedAndWhatWasRejected(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	b := r.SignedIn(t, "operator")
	b.Open("/registries").Want(http.StatusOK, "样例登记机关", "no request in 7 days", "pushed", "bj-0 expired", "bj-1 valid until", "bj-2 does not expire")
	r.counted(time.Hour, 5, operations.Request{RegistryID: "beijing", Step: "push_case"})
	r.counted(time.Minute, 2, operations.Request{RegistryID: "beijing", Step: "push_case", Code: "case_invalid"})
	r.counted(time.Minute, 9, operations.Request{Step: "push_case", Code: "signature_invalid"})
	r.counted(time.Minute, 4, operations.Request{Step: "start_face", Code: "session_required"})
	r.event("evt_dead", "dead", 20)
	b.Open("/registries").Want(http.StatusOK, "push_case 7", "case_invalid 2", "given up: 1", "signature_invalid 9").WantNot("session_required", "secret-case", "no request in 7 days")
	t.Log("as documented: an operator sees what registries asked and what was rejected")
}

func TestOperator_SeesProblemsByCodeLive(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	b := r.SignedIn(t, "operator")
	b.Open("/problems").Want(http.StatusOK, "There were no problems.")
	face := operations.Request{Code: "face_failed", Failure: "face_differs", Channel: "wechat", Step: "query_face"}
	r.counted(time.Minute, 3, face)
	r.counted(2*time.Hour, 4, face)
	r.counted(3*24*time.Hour, 10, operations.Request{Code: "too_many_requests"})
	r.counted(time.Minute, 9, operations.Request{RegistryID: "beijing", Step: "push_case"}) // which met no problem
	hour := b.Open("/problems?period=made_up").Want(http.StatusOK, "3 in all", "face_failed face_differs WeChat query_face 3").WantNot("push_case", "too_many_requests")
	if !strings.Contains(hour.Body, `<dt id="failure-face_differs">`) || !strings.Contains(hour.Body, `aria-labelledby="problems-title problems-desc"`) {
		t.Error("the text of the failure or the chart is missing")
	}
	hour.Submit("/problems", url.Values{"period": {"day"}}).Want(http.StatusOK, "7 in all").WantNot("too_many_requests")
	hour.Submit("/problems", url.Values{"period": {"week"}}).Want(http.StatusOK, "17 in all", "too_many_requests")
	t.Log("as documented: an operator sees problems by code, live")
}

// A counter of somebody runs or is used up; whose it is, is not shown.
func TestOperator_SeesQuotasAndWhatTheyRejected(t *testing.T) {
	t.Parallel()
	r := newRows(t)
	b := r.SignedIn(t, "operator")
	b.Open("/").Follow("/quotas").Want(http.StatusOK, "Failed face checks of an account face 5 24 hours 0 0 0")
	now := r.Clock.Now()
	for scope, used := range map[string]int{"face|acc_1|sub_1": 5, "face|acc_2|sub_1": 2, "face|all|sub_1": 7, "starts|face|acc_1": 9, "window_member|stf_1": 3} {
		r.exec("INSERT INTO budgets (scope, used, ends_at) VALUES (?, ?, ?)", scope, used, now.Add(time.Hour).UnixMilli())
	}
	r.exec("INSERT INTO budgets (scope, used, ends_at) VALUES ('face|acc_3|sub_1', 5, ?)", now.UnixMilli()) // is over
	r.counted(time.Minute, 4, operations.Rejection("face"))
	r.counted(25*time.Hour, 8, operations.Rejection("face"))
	b.Open("/quotas").Want(http.StatusOK, "Failed face checks of an account face 5 24 hours 2 1 4", "face_of_subject 15 24 hours 1 0 0", "face_starts 60 24 hours 1 0 0", "window_member 20 24 hours 1 0 0").
		WantNot("acc_1", "sub_1", "stf_1")
	b.Open("/problems?period=day").Want(http.StatusOK, "There were no problems.").WantNot("quota:")
	t.Log("as documented: an operator sees limits, how many counters run, and what was rejected")
}
