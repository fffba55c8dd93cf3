package receipt_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"renzheng/receipt"
)

func declined(s *receipt.Statement) {
	s.Decision, s.Reason = receipt.Declined, "not_mine"
	s.Handwriting, s.Portrait, s.FacePassedAt, s.Verification = receipt.None, receipt.None, time.Time{}, nil
}

func atWindow(s *receipt.Statement) {
	declined(s)
	s.Decision, s.Reason, s.StatementBy, s.Consents, s.Access = receipt.DoneAtWindow, "", receipt.Registry, nil, nil
	s.ContentShownAt = time.Time{}
}

func byAuthority(s *receipt.Statement) {
	shown := s.ContentShownAt
	atWindow(s)
	s.StatementBy, s.ContentShownAt = receipt.Authority, shown
	s.Window = &receipt.Window{Office: "hall-1", VisitID: "vis_1", LedgerEntry: "led_1", Manner: "signed_paper"}
}

func onAPad(s *receipt.Statement) {
	byAuthority(s)
	s.Window.Manner, s.Handwriting = receipt.SignedPad, s.Signer
}

func TestValidate_AcceptsEachKindOfAnswer(t *testing.T) {
	t.Parallel()
	cases := map[string]func(*receipt.Statement){
		"a confirmation":                    func(*receipt.Statement) {},
		"a confirmation without a portrait": func(s *receipt.Statement) { s.Portrait = receipt.None },
		"a confirmation with another's try": func(s *receipt.Statement) { s.Verification.Checks[0].CountedFrom = "att_0" },
		"a decline":                         declined,
		"a statement of the registry":       atWindow,
		"an answer at our window":           byAuthority,
		"a signature on our pad":            onAPad,
		"a decline on our pad":              func(s *receipt.Statement) { onAPad(s); s.Decision, s.Reason = receipt.Declined, "not_mine" },
		"a scan at our window":              func(s *receipt.Statement) { byAuthority(s); s.Scan = s.Signer },
		"a decline at our window":           func(s *receipt.Statement) { byAuthority(s); s.Decision, s.Reason = receipt.Declined, "not_mine" },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := confirmed(t)
			change(&s)
			key := newKey(t)
			sealed, err := receipt.Seal(s, key)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := receipt.Verify([]byte(sealed), published(t, key)); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestValidate_NamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(*receipt.Statement)
		want   string
	}{
		"another version":             {func(s *receipt.Statement) { s.Version = 2 }, "version"},
		"an issuer in Chinese":        {func(s *receipt.Statement) { s.Issuer = "登记" }, "issuer"},
		"an unknown environment":      {func(s *receipt.Statement) { s.Environment = "test" }, "environment"},
		"an id with spaces":           {func(s *receipt.Statement) { s.TodoID = "a b" }, "todo_id"},
		"revision zero":               {func(s *receipt.Statement) { s.Revision = 0 }, "revision"},
		"a revision beyond doubles":   {func(s *receipt.Statement) { s.Revision = 1 << 53 }, "revision"},
		"a time in Beijing":           {func(s *receipt.Statement) { s.IssuedAt = s.IssuedAt.In(time.FixedZone("", 8*3600)) }, "issued_at"},
		"answered after it is issued": {func(s *receipt.Statement) { s.AnsweredAt = s.IssuedAt.Add(1) }, "answered_at"},
		"no digest of the content":    {func(s *receipt.Statement) { s.ContentDigest = receipt.None }, "content_digest"},
		"a short commitment":          {func(s *receipt.Statement) { s.Signer = "abc" }, "signer"},
		"a portrait of no kind":       {func(s *receipt.Statement) { s.Portrait = "" }, "portrait"},
		"a name as a role":            {func(s *receipt.Statement) { s.RoleCode = "法定代表人" }, "role_code"},
		"an unknown decision":         {func(s *receipt.Statement) { s.Decision = "maybe" }, "decision"},
		"a confirmation by registry":  {func(s *receipt.Statement) { s.StatementBy = receipt.Registry }, "statement_by"},
		"confirmed with a reason":     {func(s *receipt.Statement) { s.Reason = "other" }, "reason"},
		"confirmed without strokes":   {func(s *receipt.Statement) { s.Handwriting = receipt.None }, "handwriting"},
		"confirmed without consents":  {func(s *receipt.Statement) { s.Consents = nil }, "consents"},
		"confirmed without a face":    {func(s *receipt.Statement) { s.Verification.Checks[0].Kind = "bank_card" }, "face"},
		"confirmed unverified":        {func(s *receipt.Statement) { s.Verification = nil }, "verification"},
		"confirmed without access":    {func(s *receipt.Statement) { s.Access = nil }, "access is missing"},
		"no office":                   {func(s *receipt.Statement) { byAuthority(s); s.Window.Office = "" }, "window is out of shape"},
		"words as a manner":           {func(s *receipt.Statement) { byAuthority(s); s.Window.Manner = "on paper" }, "window is out of shape"},
		"authority without a window":  {func(s *receipt.Statement) { byAuthority(s); s.Window = nil }, "window is missing"},
		"a pad without handwriting":   {func(s *receipt.Statement) { onAPad(s); s.Handwriting = receipt.None }, "handwriting and window/manner"},
		"handwriting on paper":        {func(s *receipt.Statement) { onAPad(s); s.Window.Manner = receipt.SignedPaper }, "handwriting and window/manner"},
		"a pad with a portrait":       {func(s *receipt.Statement) { onAPad(s); s.Portrait = s.Signer }, "portrait"},
		"a scan of a pad":             {func(s *receipt.Statement) { onAPad(s); s.Scan = s.Signer }, "scan belongs to a signed paper"},
		"a scan that is none":         {func(s *receipt.Statement) { byAuthority(s); s.Scan = receipt.None }, "scan is not a commitment"},
		"a scan of the person":        {func(s *receipt.Statement) { s.Scan = s.Signer }, "scan is not a commitment"},
		"handwriting by a registry":   {func(s *receipt.Statement) { atWindow(s); s.Handwriting = s.Signer }, "handwriting does not belong"},
		"at our window, not shown":    {func(s *receipt.Statement) { byAuthority(s); s.ContentShownAt = time.Time{} }, "content_shown_at"},
		"at our window with a face":   {func(s *receipt.Statement) { byAuthority(s); s.FacePassedAt = s.IssuedAt }, "verification does not belong"},
		"a registry with our window":  {func(s *receipt.Statement) { byAuthority(s); s.StatementBy = receipt.Registry }, "window does not belong"},
		"a person with our window":    {func(s *receipt.Statement) { w := receipt.Window{Office: "a"}; s.Window = &w }, "window does not belong"},
		"confirmed by the authority":  {func(s *receipt.Statement) { s.StatementBy = receipt.Authority }, "statement_by"},
		"access without a face":       {func(s *receipt.Statement) { s.Access.Checks = s.Access.Checks[1:] }, "access is missing, or has no face"},
		"access never accepted":       {func(s *receipt.Statement) { s.Access.AcceptedAt = time.Time{} }, "access/accepted_at"},
		"access without an id":        {func(s *receipt.Statement) { s.Access.ID = "" }, "access/id"},
		"access without a policy":     {func(s *receipt.Statement) { s.Access.PolicyDigest = "v1" }, "access/policy_digest"},
		"access by no provider":       {func(s *receipt.Statement) { s.Access.Checks[1].Provider = "" }, "access/checks/1"},
		"a decline without access":    {func(s *receipt.Statement) { declined(s); s.Access = nil }, "access is missing"},
		"a decline with a face":       {func(s *receipt.Statement) { v := s.Verification; declined(s); s.Verification = v }, "verification does not belong"},
		"the window with access":      {func(s *receipt.Statement) { a := s.Access; atWindow(s); s.Access = a }, "access does not belong"},
		"confirmed unseen":            {func(s *receipt.Statement) { s.ContentShownAt = time.Time{} }, "content_shown_at"},
		"a check without provider":    {func(s *receipt.Statement) { s.Verification.Checks[0].Provider = "" }, "verification/checks/0"},
		"no checks":                   {func(s *receipt.Statement) { s.Verification.Checks = nil }, "verification/checks"},
		"a policy without digest":     {func(s *receipt.Statement) { s.Verification.PolicyDigest = "v1" }, "policy_digest"},
		"a consent without notice":    {func(s *receipt.Statement) { s.Consents[0].NoticeHash = "" }, "consents/0"},
		"too many consents":           {func(s *receipt.Statement) { s.Consents = make([]receipt.Consent, 17) }, "too many"},
		"a decline without reason":    {func(s *receipt.Statement) { declined(s); s.Reason = "" }, "reason"},
		"a decline in free words":     {func(s *receipt.Statement) { declined(s); s.Reason = "not by me" }, "reason"},
		"a decline with strokes":      {func(s *receipt.Statement) { declined(s); s.Handwriting = s.Signer }, "handwriting"},
		"the window by the person":    {func(s *receipt.Statement) { atWindow(s); s.StatementBy = receipt.Person }, "statement_by"},
		"the window with a portrait":  {func(s *receipt.Statement) { atWindow(s); s.Portrait = s.Signer }, "portrait"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _ := confirmed(t)
			c.change(&s)
			_, err := receipt.Seal(s, newKey(t))
			if !errors.Is(err, receipt.ErrStatement) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s named", err, c.want)
			}
		})
	}
}

func TestSeal_RefusesAKeyUnderAnotherID(t *testing.T) {
	t.Parallel()
	s, _ := confirmed(t)
	key := newKey(t)
	for name, bad := range map[string]receipt.SigningKey{
		"another's id":   {ID: newKey(t).ID, Private: key.Private},
		"no id":          {Private: key.Private},
		"no private key": {ID: key.ID},
	} {
		if _, err := receipt.Seal(s, bad); !errors.Is(err, receipt.ErrKey) {
			t.Errorf("%s: got %v, want %v", name, err, receipt.ErrKey)
		}
	}
}

func TestNewPackage_MakesNoneThatWouldNotVerify(t *testing.T) {
	t.Parallel()
	key, other := newKey(t), newKey(t)
	sealed := seal(t, key)
	if _, err := receipt.NewPackage(sealed, published(t, other)); !errors.Is(err, receipt.ErrKeyUnknown) {
		t.Errorf("got %v, want %v", err, receipt.ErrKeyUnknown)
	}
	mixed := sealed[:strings.LastIndex(sealed, ".")] + seal(t, key)[strings.LastIndex(sealed, "."):]
	if _, err := receipt.NewPackage(mixed, published(t, key)); !errors.Is(err, receipt.ErrAltered) {
		t.Errorf("got %v for another's signature, want %v", err, receipt.ErrAltered)
	}
	p, err := receipt.NewPackage(sealed, published(t, other, key))
	if err != nil || strings.Contains(string(p.Keys), other.ID) {
		t.Errorf("got keys %s, %v, want only the one that sealed", p.Keys, err)
	}
}

func TestSecrets_MaskThemselves(t *testing.T) {
	t.Parallel()
	key, salt := newKey(t), newSalt(t)
	held := struct {
		Key  receipt.SigningKey
		Salt receipt.Salt
	}{key, salt}
	var out strings.Builder
	fmt.Fprintf(&out, "%v %+v %#v %x %s", held, held, held, salt, key)
	slog.New(slog.NewTextHandler(&out, nil)).Info("secrets", "key", key, "salt", salt)
	text, err := salt.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	for _, leak := range []string{string(text), hex.EncodeToString(salt[:]), fmt.Sprint(salt[:]), fmt.Sprint(key.Private.D)} { //nolint:staticcheck // D is what fmt would print
		if strings.Contains(out.String(), leak) {
			t.Errorf("the output shows a secret: %s", out.String())
		}
	}
	if !strings.Contains(out.String(), "[salt]") || !strings.Contains(out.String(), key.ID) {
		t.Errorf("got %q, want the masks", out.String())
	}
}
