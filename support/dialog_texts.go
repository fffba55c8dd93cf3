package support

import (
	"strconv"
	"strings"
	"unicode"

	"renzheng/identity"
)

// dialogTexts are the sentences around the articles, in one language. Those before
// the choices end with a line break.
type dialogTexts struct {
	ticket    string // before the ticket's code
	noFailure string // a ticket that names no failure
	welcome   string
	over      string // the ticket has ended, or its code is unknown
	unknown   string // no article matches the words
	wordsOnly string // the message is a picture or a voice message
	goOn      string // after an answer
	agent     string // last line of the choices
}

func textsFor(language string) dialogTexts {
	switch language {
	case identity.English:
		return dialogTexts{
			ticket:    "Your ticket: ",
			noFailure: "What can we help with? Write your question in your own words.\n",
			welcome:   "Technical support of the identity check for company registration. Send a number, or write your question:\n",
			over:      "This ticket has ended, or its code is unknown. Open a new one in the mini-program, or choose here:\n",
			unknown:   "We have found no answer to this. One of these may help:\n",
			wordsOnly: "We can only read text. Please write your question; do not send documents or photos. For a human agent send “agent”.",
			goOn:      "\n\nNot solved? Write another question, or send “agent” for a human agent.",
			agent:     "Send “agent” for a human agent.",
		}
	case identity.Traditional:
		return dialogTexts{
			ticket:    "您的求助單：",
			noFailure: "請問遇到了什麼問題？請直接用文字描述。\n",
			welcome:   "您好，這裡是登記註冊身份驗證技術支持。請回覆數字，或直接輸入問題：\n",
			over:      "該求助單已結束，或沒有這個編號。請在小程序中重新求助，或在此選擇：\n",
			unknown:   "暫時沒有找到對應的解答，您可以看看：\n",
			wordsOnly: "目前只能識別文字。請輸入您的問題，不要發送證件或照片。需要人工服務請回覆「人工」。",
			goOn:      "\n\n沒有解決？請繼續輸入問題，或回覆「人工」轉人工客服。",
			agent:     "回覆「人工」轉人工客服。",
		}
	}
	return dialogTexts{
		ticket:    "您的求助单：",
		noFailure: "请问遇到了什么问题？请直接用文字描述。\n",
		welcome:   "您好，这里是登记注册身份验证技术支持。请回复数字，或直接输入问题：\n",
		over:      "该求助单已结束，或没有这个编号。请在小程序中重新求助，或在此选择：\n",
		unknown:   "暂时没有找到对应的解答，您可以看看：\n",
		wordsOnly: "目前只能识别文字。请输入您的问题，不要发送证件或照片。需要人工服务请回复“人工”。",
		goOn:      "\n\n没有解决？请继续输入问题，或回复“人工”转人工客服。",
		agent:     "回复“人工”转人工客服。",
	}
}

// aboutTicket returns the answer for the failure of a ticket.
func (s *Service) aboutTicket(t Ticket) string {
	texts := textsFor(t.Language)
	head := texts.ticket + t.Code + "\n\n"
	if article, ok := s.FAQ().ForFailure(t.Failure, t.Language); ok {
		return head + articleText(article) + texts.goOn
	}
	return head + texts.noFailure + s.choices(t.Language)
}

// choices lists the featured questions, by number.
func (s *Service) choices(language string) string {
	var b strings.Builder
	for i, article := range s.FAQ().Featured(language) {
		b.WriteString("\n" + strconv.Itoa(i+1) + ". " + article.Question)
	}
	b.WriteString("\n\n" + textsFor(language).agent)
	return b.String()
}

func articleText(a Article) string { return a.Question + "\n\n" + a.Answer }

// digit returns the value of words if they are a single digit from 1 to 9, or 0.
func digit(words string) int {
	runes := []rune(words)
	if len(runes) != 1 {
		return 0
	}
	if r := narrow(runes[0]); r >= '1' && r <= '9' {
		return int(r - '0')
	}
	return 0
}

// isLatin reports whether words are in Latin letters, without Han characters.
func isLatin(words string) bool {
	letters := strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
	return letters && !strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
