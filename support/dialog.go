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

	"renzheng/identity"
	"renzheng/tracing"
)

// ErrSlow is returned if the answer would arrive after WeChat has stopped waiting.
// WeChat then sends the message again, signed anew, and it is answered.
var ErrSlow = errors.New("the answer is late")

// AnswerTime bounds an answer. WeChat waits for five seconds, part of which the
// network takes.
const AnswerTime = 4 * time.Second

// Keys of the menu's entries.
const (
	MenuIdentity = "support_identity" // 登记注册自然人身份验证系统 (M-38)
	MenuFAQ      = "support_faq"
	MenuAgent    = "support_agent"
)

// Echo answers WeChat's check of our address. Errors: ErrPushRejected; ErrNotFound
// without a service account.
func (s *Service) Echo(query url.Values) (string, error) {
	if s.deps.Account == nil {
		return "", ErrNotFound
	}
	return s.deps.Account.Echo(query)
}

// Answer reads a push and returns the body of its answer, or NoReply. What the
// message changes is idempotent. The answer is returned only once, however often and
// to whichever replica WeChat sends the message.
//
// Errors: ErrPushRejected, and then nothing was changed; ErrNotFound without a
// service account; ErrSlow.
func (s *Service) Answer(ctx context.Context, query url.Values, body io.Reader) (_ []byte, err error) {
	ctx, span := tracing.Start(ctx, "support Answer")
	defer func() { span.End(err) }()
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

// replyToScan attaches a ticket and answers for its failure. For a code without a
// ticket it returns the welcome.
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
		if featured := s.FAQ().Featured(language); n <= len(featured) {
			return s.say(m, articleText(featured[n-1])+textsFor(language).goOn)
		}
	}
	found := s.FAQ().Search(words, language)
	if len(found) == 0 {
		return s.say(m, textsFor(language).unknown+s.choices(language))
	}
	return s.say(m, articleText(found[0])+textsFor(language).goOn)
}

// handOver asks WeChat for a human agent. If none is on duty, WeChat answers
// according to the settings of the account.
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

// say returns a text as an answer, cut to the length that WeChat accepts.
func (s *Service) say(m Message, text string) ([]byte, error) {
	if len(text) > LongestReply {
		text = strings.ToValidUTF8(text[:LongestReply], "")
	}
	return s.deps.Account.Reply(m, text)
}

// languageOf returns the language of the person's ticket, or of the words. An error
// is ignored, because an answer in the default language is better than none.
func (s *Service) languageOf(ctx context.Context, m Message) string {
	if t, err := s.deps.Dialog.AttachedTicket(ctx, m.Person, s.now()); err == nil {
		return t.Language
	}
	if m.Kind == Written && isLatin(m.Words.Reveal()) {
		return identity.English
	}
	return identity.Chinese
}

// asksForAgent reports whether words ask for a human agent.
func asksForAgent(words string) bool {
	words = strings.ToLower(words)
	if strings.Contains(words, "人工") && !strings.Contains(words, "核验") && !strings.Contains(words, "核驗") {
		return true
	}
	return slices.Contains([]string{"客服", "agent", "human", "human agent", "help desk"}, words)
}
