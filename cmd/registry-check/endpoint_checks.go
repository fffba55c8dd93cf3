package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"renzheng/todo"
)

// check checks every clause of an endpoint. Nothing else can be told from an endpoint
// that does not acknowledge a plain event, so it ends there.
func (e *endpoint) check(ctx context.Context, s *suite) {
	s.run(ctx, step{"E1", e.everyType}, []step{
		{"E3", e.unsigned},
		{"E4", e.changed},
		{"E5", e.untimely},
		{"E6", e.otherText},
		{"E7", e.severalSignatures},
		{"E8", e.again},
		{"E9", e.unknownType},
		{"E10", e.unknownMembers},
		{"E11", e.late},
		{"E12", e.large},
		{"E13", e.foreign},
		{"E14", e.wrongReceipt},
		{"E15", e.huge},
		{"E2", e.inTime},
		{"Q2", e.fetches},
		{"Q3", e.fetchesAgain},
		{"Q1", e.signs},
		{"Q4", e.pulls},
	})
}

func (e *endpoint) everyType(ctx context.Context) (string, error) {
	var seen []string
	for _, kind := range knownTypes() {
		v, err := e.eventOf(kind)
		if err != nil {
			return "", err
		}
		a, err := e.take(ctx, e.signed(v))
		if err != nil {
			return "", fmt.Errorf("%s: %w%s", kind, err, e.strangerHint())
		}
		seen = append(seen, fmt.Sprintf("%s: %s", kind, a))
	}
	return strings.Join(seen, "; "), nil
}

// strangerHint returns the likely cause if the endpoint rejects events before it has asked this program for anything: it verifies
// receipts with the keys of another server.
func (e *endpoint) strangerHint() string {
	e.stub.mu.Lock()
	defer e.stub.mu.Unlock()
	if e.stub.keysRead || e.stub.signed > 0 || len(e.stub.rejected) > 0 {
		return ""
	}
	return fmt.Sprintf("; it has requested nothing from http://%s: is that the server in its settings?", e.command.Listen)
}

func (e *endpoint) inTime(context.Context) (string, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.slow.took >= e.command.Timeout {
		return "", fmt.Errorf("the slowest acknowledgement: %s", e.slow)
	}
	return "the slowest acknowledgement: " + e.slow.String(), nil
}

// refuseAll makes deliveries that must not be acknowledged.
func (e *endpoint) refuseAll(ctx context.Context, all map[string]delivery, order ...string) (string, error) {
	var seen []string
	for _, what := range order {
		told, err := e.refuse(ctx, what, all[what])
		if err != nil {
			return "", err
		}
		seen = append(seen, told)
	}
	return strings.Join(seen, "; "), nil
}

func (e *endpoint) unsigned(ctx context.Context) (string, error) {
	v := e.expired()
	bare := e.signed(v)
	bare.signature = ""
	empty := e.signed(v)
	empty.signature = "v1,"
	return e.refuseAll(ctx, map[string]delivery{
		"no signature": bare, "an empty one": empty, "another secret": v.sign(e.other, time.Now()),
	}, "no signature", "an empty one", "another secret")
}

func (e *endpoint) changed(ctx context.Context) (string, error) {
	body, id, timestamp := e.signed(e.expired()), e.signed(e.expired()), e.signed(e.expired())
	body.body = bytes.Replace(body.body, []byte(`"revision":`), []byte(`"revision":1`), 1)
	id.id += "x"
	timestamp.at = timestamp.at.Add(time.Second)
	return e.refuseAll(ctx, map[string]delivery{"body": body, "id": id, "timestamp": timestamp}, "body", "id", "timestamp")
}

func (e *endpoint) untimely(ctx context.Context) (string, error) {
	const away = 6 * time.Minute
	return e.refuseAll(ctx, map[string]delivery{
		"6 min ago": e.expired().sign(e.secret, time.Now().Add(-away)), "6 min ahead": e.expired().sign(e.secret, time.Now().Add(away)),
	}, "6 min ago", "6 min ahead")
}

func (e *endpoint) otherText(ctx context.Context) (string, error) {
	v := e.expired()
	d := delivery{id: v.id, at: time.Now()}
	d.body = fmt.Appendf(nil, "\n{ \"data\" : {\"revision\":%v , \"todo_id\":%q,\"signer_id\":%q,\"case_id\":%q,\"registry_id\":%q},\n\t\"timestamp\":%q,\"type\":\"\\u0074odo.expired\"}\n",
		v.data["revision"], v.data["todo_id"], v.data["signer_id"], v.data["case_id"], v.data["registry_id"], v.at.UTC().Format(time.RFC3339Nano))
	a, err := e.take(ctx, d.signedBy(e.secret))
	return a.String(), err
}

func (e *endpoint) severalSignatures(ctx context.Context) (string, error) {
	var seen []string
	for _, form := range []string{"%[2]s %[1]s", "%[1]s %[2]s", "v1a,AAAA v9,x %[2]s %[1]s"} {
		v := e.expired()
		d := e.signed(v)
		d.signature = fmt.Sprintf(form, d.signature, v.sign(e.other, d.at).signature)
		a, err := e.take(ctx, d)
		if err != nil {
			return "", err
		}
		seen = append(seen, a.String())
	}
	return strings.Join(seen, "; "), nil
}

func (e *endpoint) again(ctx context.Context) (string, error) {
	v, err := e.eventOf(todo.EventConfirmed)
	if err != nil {
		return "", err
	}
	for range 2 {
		if _, err = e.take(ctx, e.signed(v)); err != nil {
			return "", fmt.Errorf("one after another: %w", err)
		}
	}
	const together = 4
	once, problems := e.expired(), make([]error, together)
	var all sync.WaitGroup
	for i := range together {
		all.Go(func() { _, problems[i] = e.take(ctx, e.signed(once)) })
	}
	all.Wait()
	if err = errors.Join(problems...); err != nil {
		return "", fmt.Errorf("at once: %w", err)
	}
	return "twice one after another and 4 times at once: acknowledged", nil
}

func (e *endpoint) unknownType(ctx context.Context) (string, error) {
	a, err := e.take(ctx, e.signed(e.newEvent("signer.something_new", e.newAnswer())))
	return a.String(), err
}

func (e *endpoint) unknownMembers(ctx context.Context) (string, error) {
	v := e.expired()
	v.more, v.data["something_new"] = object{"something_new": object{"x": []int{1}}}, "y"
	a, err := e.take(ctx, e.signed(v))
	return a.String(), err
}

func (e *endpoint) late(ctx context.Context) (string, error) {
	first := e.newAnswer()
	second := first
	first.todoID, second.revision = first.todoID+"x", first.revision+1
	if _, err := e.take(ctx, e.signed(e.newEvent(todo.EventExpired, second))); err != nil {
		return "", err
	}
	v := e.newEvent(todo.EventSuperseded, first)
	v.at = v.at.Add(-time.Hour)
	a, err := e.take(ctx, e.signed(v))
	return "after one of a later revision: " + a.String(), err
}

func (e *endpoint) large(ctx context.Context) (string, error) {
	const size = 64 << 10
	v := e.expired()
	d := delivery{id: v.id, at: time.Now(), body: v.body()}
	d.body = append(d.body, bytes.Repeat([]byte(" "), size-len(d.body))...)
	a, err := e.take(ctx, d.signedBy(e.secret))
	return a.String(), err
}

func (e *endpoint) foreign(ctx context.Context) (string, error) {
	v := e.expired()
	v.data["registry_id"] = "another"
	return e.refuse(ctx, "another registry_id", e.signed(v))
}

func (e *endpoint) wrongReceipt(ctx context.Context) (string, error) {
	tampered, _, err := e.answered(e.sealer, todo.EventConfirmed)
	forged, _, errForged := e.answered(e.forger, todo.EventConfirmed)
	swapped, _, errSwapped := e.answered(e.sealer, todo.EventConfirmed)
	if err = errors.Join(err, errForged, errSwapped); err != nil {
		return "", err
	}
	text, _ := tampered.data["receipt"].(string)
	tampered.data["receipt"] = altered(text)
	swapped.data["confirmation_id"] = "cfm_another"
	return e.refuseAll(ctx, map[string]delivery{
		"altered": e.signed(tampered), "an unknown key": e.signed(forged), "another answer": e.signed(swapped),
	}, "altered", "an unknown key", "another answer")
}

func (e *endpoint) huge(ctx context.Context) (string, error) {
	const size = 8 << 20
	v := e.expired()
	seen, err := e.refuse(ctx, "8 MiB", delivery{id: v.id, at: time.Now(), body: make([]byte, size), signature: "v1,AAAA"})
	if err != nil {
		return "", err
	}
	a, err := e.take(ctx, e.signed(v))
	return seen + "; the next: " + a.String(), err
}

func (e *endpoint) fetches(ctx context.Context) (string, error) {
	v, a, err := e.answered(e.sealer, todo.EventConfirmed)
	if err != nil {
		return "", err
	}
	e.stub.publish(v, a, a.evidence)
	if _, err = e.take(ctx, e.signed(v)); err != nil {
		return "", err
	}
	ok, last := e.stub.fetched(a, 1, e.command.Wait)
	switch {
	case !ok && e.stub.rejects():
		return "", errNotSeen
	case !ok:
		return "", fmt.Errorf("not requested within %s; the last request for evidence: %q", e.command.Wait, last)
	}
	return fmt.Sprintf("requested with revision=%d", a.revision), nil
}

func (e *endpoint) fetchesAgain(ctx context.Context) (string, error) {
	v, a, err := e.answered(e.sealer, todo.EventConfirmed)
	if err != nil {
		return "", err
	}
	e.stub.publish(v, a, bytes.Replace(a.evidence, []byte(`"registry_name":"`), []byte(`"registry_name":"x`), 1))
	if _, err = e.take(ctx, e.signed(v)); err != nil {
		return "", err
	}
	if ok, _ := e.stub.fetched(a, 1, e.command.Wait); !ok {
		return "", errNotSeen
	}
	time.Sleep(min(time.Second, e.command.Wait/4)) //nolint:mnd // the registry looks at what it got
	e.stub.publish(v, a, a.evidence)
	if _, err = e.take(ctx, e.signed(v)); err != nil {
		return "", err
	}
	if ok, _ := e.stub.fetched(a, 2, e.command.Wait); !ok { //nolint:mnd // once more
		return "", fmt.Errorf("evidence with another content was filed: not requested again within %s", e.command.Wait)
	}
	return "requested again after evidence with another content", nil
}

func (e *endpoint) signs(context.Context) (string, error) {
	e.stub.mu.Lock()
	defer e.stub.mu.Unlock()
	switch {
	case len(e.stub.rejected) > 0:
		return "", fmt.Errorf("%d requests rejected, %d accepted; the first: %s", len(e.stub.rejected), e.stub.signed, e.stub.rejected[0])
	case e.stub.signed == 0:
		return "", errNotSeen
	}
	return fmt.Sprintf("%d requests accepted", e.stub.signed), nil
}

func (e *endpoint) pulls(context.Context) (string, error) {
	if stray, ok := e.stub.strayPosition(); ok {
		return "", fmt.Errorf("requested after=%d, which no answer contained", stray)
	}
	e.stub.mu.Lock()
	defer e.stub.mu.Unlock()
	if len(e.stub.after) == 0 {
		return "", errNotSeen
	}
	return fmt.Sprintf("%d requests", len(e.stub.after)), nil
}
