package wechat_test

import (
	"testing"

	"renzheng/providers/wechat"
	"renzheng/providers/wechat/wechattest"
)

func TestServiceAccount_Receive_takesEventsThatAskForNothing(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	for _, event := range []string{
		"VIEW", "view_miniprogram", "LOCATION", "kf_create_session", "kf_close_session", "TEMPLATESENDJOBFINISH",
		"MASSSENDJOBFINISH", "subscribe_msg_popup_event", "subscribe_msg_change_event", "subscribe_msg_sent_event",
		"user_enter_tempsession", "verify_expired", "scancode_push", "an_event_of_tomorrow",
	} {
		got, err := o.pusher.Deliver(t.Context(), o.pusher.Event(supportOpenID, event, "ticket_1"))
		if err != nil || got.Tries != 1 || got.Kind != "" {
			t.Fatalf("%s: got %+v, %v, %v", event, got, err, o.errs)
		}
		if kind := o.got[len(o.got)-1].Kind; kind != wechat.PushOther {
			t.Errorf("%s: got %s", event, kind)
		}
	}
	for kind, want := range map[string]wechat.PushKind{
		"image": wechat.PushPicture, "voice": wechat.PushVoice, "video": wechat.PushPicture, "location": wechat.PushOther,
	} {
		if _, err := o.pusher.Deliver(t.Context(), o.pusher.Media(supportOpenID, kind)); err != nil {
			t.Fatal(err)
		}
		if got := o.got[len(o.got)-1].Kind; got != want {
			t.Errorf("%s: got %s, want %s", kind, got, want)
		}
	}
}

// Events of the platform have no sender to whom we could write, and are nested more
// deeply than those of persons.
func TestServiceAccount_Receive_takesEventsOfThePlatform(t *testing.T) {
	t.Parallel()
	o := newSupportFixture(t)
	key := aesKeyBytes(t)
	for name, message := range map[string]string{
		"no sender": `<xml><ToUserName>gh_1</ToUserName><FromUserName></FromUserName><CreateTime>1</CreateTime>` +
			`<MsgType>event</MsgType><Event>verify_expired</Event><ExpiredTime>1442401156</ExpiredTime></xml>`,
		"a mass message": `<xml><ToUserName>gh_1</ToUserName><FromUserName>mp helper</FromUserName><CreateTime>1</CreateTime>` +
			`<MsgType>event</MsgType><Event>MASSSENDJOBFINISH</Event><MsgID>1</MsgID><CopyrightCheckResult><Count>2</Count>` +
			`<ResultList><item><ArticleIdx>1</ArticleIdx></item><item><ArticleIdx>2</ArticleIdx></item></ResultList>` +
			`</CopyrightCheckResult></xml>`,
		"choices of a template": `<xml><ToUserName>gh_1</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime>` +
			`<MsgType>event</MsgType><Event>subscribe_msg_popup_event</Event><SubscribeMsgPopupEvent>` +
			`<List><TemplateId>a</TemplateId></List><List><TemplateId>b</TemplateId></List></SubscribeMsgPopupEvent></xml>`,
		"no time": `<xml><MsgType>event</MsgType><Event>tomorrow</Event></xml>`,
	} {
		envelope, err := wechattest.Seal(key, serviceID, []byte(message))
		if err != nil {
			t.Fatal(err)
		}
		got, err := o.service.Receive(t.Context(), signedQuery(o, envelope), bodyOf(envelope))
		if err != nil || got.Kind != wechat.PushOther {
			t.Errorf("%s: got %s, %v", name, got.Kind, err)
		}
	}
}
