package support

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"
)

// ErrSlow says that an answer would come after WeChat has given up waiting. A
// message that comes again, signed anew, is answered then.
var ErrSlow = errors.New("the answer is late")

// AnswerTime is how long an answer may take: WeChat waits for five seconds, and
// needs some of them for the way.
const AnswerTime = 4 * time.Second

// Keys of the menu's entries.
const (
	MenuIdentity = "support_identity" // 登记注册自然人身份验证系统 (M-38)
	MenuFAQ      = "support_faq"
	MenuAgent    = "support_agent"
)

// Echo answers WeChat's check of our address. Errors: ErrPushRejected;
// ErrNotFound where there is no service account.
func (s *Service) Echo(query url.Values) (string, error) {
	if s.deps.Account == nil {
		return "", ErrNotFound
	}
	return s.deps.Account.Echo(query)
}

// Answer reads a push and gives the body of its answer, NoReply where there is
// none. What the message changes may be done twice and is the same then; the
// answer is given once, whatever comes again and wherever.
//
// Errors: ErrPushRejected, and then nothing was changed; ErrNotFound where there
// is no service account; ErrSlow.
func (s *Service) Answer(ctx context.Context, query url.Values, body io.Reader) ([]byte, error) {
	if s.deps.Account == nil {
		return nil, ErrNotFound
	}
	began := s.now()
	ctx, cancel := context.WithTimeout(ctx, AnswerTime)
	defer cancel()
	m, err := s.deps.Account.Receive(ctx, query, body)
	if err != nil {
		return nil, fmt.Errorf("receiving a push: %w", err)
	}
	if m.Kind == Unsubscribed || m.Kind == Otherwise {
		return []byte(NoReply), nil // nothing changes, so the message is not recorded either
	}
	reply, err := s.reply(ctx, m)
	if err != nil {
		return nil, fmt.Errorf("answering a push: %w", err)
	}
	now := s.now()
	if now.Sub(began) > AnswerTime {
		return nil, ErrSlow
	}
	first, err := s.deps.Dialog.AnswerMessage(ctx, m.ID, now)
	if err != nil {
		return nil, fmt.Errorf("recording an answer: %w", err)
	}
	if !first {
		return []byte(NoReply), nil
	}
	return reply, nil
}

// reply returns the answer to a message of a kind that is answered.
func (s *Service) reply(ctx context.Context, m Message) ([]byte, error) {
	switch m.Kind {
	case Scanned, Subscribed:
		return s.replyToScan(ctx, m, m.Scene)
	case Chosen:
		return s.replyToMenu(ctx, m)
	case Written:
		return s.replyToWords(ctx, m)
	case Pictured, Spoken, Unsubscribed, Otherwise:
	}
	return s.say(m, textsFor(s.languageOf(ctx, m)).wordsOnly)
}

// replyToScan takes up a ticket and answers for its failure. A code that brings
// none, or whose ticket is over, is a welcome.
func (s *Service) replyToScan(ctx context.Context, m Message, reference string) ([]byte, error) {
	if reference == "" || reference == commonScene {
		return s.welcome(ctx, m)
	}
	t, err := s.deps.Dialog.AttachTicket(ctx, Attachment{Person: m.Person, Reference: reference, At: m.At, Now: s.now()})
	if errors.Is(err, ErrNotFound) {
		language := s.languageOf(ctx, m)
		return s.say(m, textsFor(language).over+s.choices(language))
	}
	if err != nil {
		return nil, err
	}
	return s.say(m, s.aboutTicket(t))
}

func (s *Service) replyToMenu(ctx context.Context, m Message) ([]byte, error) {
	switch m.Key {
	case MenuAgent:
		return s.handOver(ctx, m)
	case MenuIdentity:
		t, err := s.deps.Dialog.AttachedTicket(ctx, m.Person, s.now())
		if err == nil {
			return s.say(m, s.aboutTicket(t))
		}
		if !errors.Is(err, ErrNotFound) {
			return nil, err
		}
	}
	return s.welcome(ctx, m)
}

func (s *Service) replyToWords(ctx context.Context, m Message) ([]byte, error) {
	words := strings.TrimSpace(m.Words.Reveal())
	if code := codeIn(words); code != "" {
		return s.replyToScan(ctx, m, code)
	}
	if asksForAgent(words) {
		return s.handOver(ctx, m)
	}
	language := s.languageOf(ctx, m)
	if n := digit(words); n > 0 {
		if featured := s.deps.FAQ.Featured(language); n <= len(featured) {
			return s.say(m, articleText(featured[n-1])+textsFor(language).goOn)
		}
	}
	found := s.deps.FAQ.Search(words, language)
	if len(found) == 0 {
		return s.say(m, textsFor(language).unknown+s.choices(language))
	}
	return s.say(m, articleText(found[0])+textsFor(language).goOn)
}

// handOver asks WeChat for a human agent. Where none is on duty, WeChat says so
// by the account's own settings.
func (s *Service) handOver(ctx context.Context, m Message) ([]byte, error) {
	if err := s.deps.Dialog.HandOver(ctx, m.Person, s.now()); err != nil {
		return nil, err
	}
	return s.deps.Account.Transfer(m)
}

func (s *Service) welcome(ctx context.Context, m Message) ([]byte, error) {
	language := s.languageOf(ctx, m)
	return s.say(m, textsFor(language).welcome+s.choices(language))
}

// say answers with a text, cut where it is longer than WeChat takes.
func (s *Service) say(m Message, text string) ([]byte, error) {
	if len(text) > LongestReply {
		text = strings.ToValidUTF8(text[:LongestReply], "")
	}
	return s.deps.Account.Reply(m, text)
}

// languageOf is that of the person's ticket, or of the words. Not knowing it is
// no reason to give no answer.
func (s *Service) languageOf(ctx context.Context, m Message) string {
	if t, err := s.deps.Dialog.AttachedTicket(ctx, m.Person, s.now()); err == nil {
		return t.Language
	}
	if m.Kind == Written && isLatin(m.Words.Reveal()) {
		return English
	}
	return Chinese
}

// asksForAgent tells whether somebody wants a human.
func asksForAgent(words string) bool {
	words = strings.ToLower(words)
	if strings.Contains(words, "人工") && !strings.Contains(words, "核验") && !strings.Contains(words, "核驗") {
		return true
	}
	return slices.Contains([]string{"客服", "agent", "human", "human agent", "help desk"}, words)
}
