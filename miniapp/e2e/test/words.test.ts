// Texts from elsewhere: the operator's notes, the server's texts in another language, the printed slip.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFixture } from '../harness/fixture'
import { somebody, type Traveller, traveller } from '../harness/people'
import type { Phone } from '../harness/phone'

const fixture = createFixture()

/** Starts verifications until the server returns the operator's text. */
async function serverSays(phone: Phone, person: Traveller, text: string) {
  const body = JSON.stringify({
    purpose: 'access',
    document: { type: 'passport', number: person.number, name: person.name },
  })
  for (
    const until = Date.now() + 10_000;
    Date.now() < until;
    await new Promise((resolve) => setTimeout(resolve, 100))
  ) {
    const answer = await phone.page.evaluate(async (sent) => {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
      return (await fetch('/v1/verifications', { method: 'POST', headers, body: sent })).text()
    }, body)
    if (answer.includes(text)) return
  }
  throw new Error(`the server never said ${text}`)
}

test('the operator says that a check is slow, then that it is out of service; a passport passes meanwhile', async () => {
  const person = traveller()
  fixture.sandbox.switchCheck('face', 'agency', 'degraded', '人像比对较慢，请多等一会')
  await fixture.withPhone({}, async (phone) => {
    await phone.open()
    await phone.signIn(person)
    await serverSays(phone, person, '人像比对较慢，请多等一会')
    await phone.hands.select(phone.page.getByRole('combobox', { name: phone.t('documentType') }), 'passport')
    await phone.begin(person)
    await phone.reads('人像比对较慢，请多等一会')
    await phone.face('my face')
    await phone.hands.press(phone.page.getByRole('link', { name: 'back' }))
    await phone.at('successTitle')
    await phone.press('continue')
    await phone.at('photoTitle')
    await phone.press('startOver')
    await phone.at('title')
    fixture.sandbox.switchCheck('face', 'agency', 'off', '人像比对维护到八点')
    await serverSays(phone, person, '人像比对维护到八点')
    await phone.hands.select(phone.page.getByRole('combobox', { name: phone.t('documentType') }), 'passport')
    await phone.type(person)
    await phone.press('seeTodos')
    await phone.press('agreeAndVerify')
    await phone.fails('check_switched_off')
    await phone.reads('人像比对维护到八点')
  })
})

test('what stopped a person is told in the language that is chosen then', async () => {
  const person = somebody('23')
  const year = new Date().getUTCFullYear()
  await fixture.withPhone({}, async (phone) => {
    await phone.open()
    await phone.signIn(person)
    await phone.press('validityAsk')
    await phone.hands.fill(phone.dateField('validFrom'), `${year - 11}-06-01`)
    await phone.hands.fill(phone.dateField('validUntil'), `${year - 1}-06-01`)
    await phone.type(person)
    await phone.press('seeTodos')
    await phone.consent()
    await phone.press('agreeAndVerify')
    await phone.fails('document_expired')
    await phone.switchToEnglish()
    await phone.fails('document_expired')
    const words = await phone.page.locator('main:visible').innerText()
    assert.doesNotMatch(words.replaceAll('长期', ''), /[\u4e00-\u9fff]/) // 长期 is printed on the document
  })
})

test('in large type too it is told why; the slip that is printed says what went wrong and nothing of anybody', async () => {
  const person = somebody('21')
  await fixture.withPhone({ elder: true }, async (phone) => {
    const { page } = phone
    await phone.open()
    await phone.signIn(person)
    await phone.begin(person)
    await phone.face('another face')
    await phone.fails('face_differs', 4)
    await phone.reads(phone.t('why'))
    await page.evaluate(() => {
      window.print = () => {
        document.title = 'printed'
      }
    })
    await phone.press('slipKeep')
    assert.equal(await page.title(), 'printed')
    await page.emulateMedia({ media: 'print' })
    const slip = page.getByRole('region', { name: phone.t('slip') })
    assert.match(
      (await slip.innerText()).replace(/\s+/g, ' '),
      /^到窗口办理 登记注册身份验证 · 人像比对未通过 凭条码 \w{4}-\w{4} face_differs · \d{4}-\d\d-\d\d \d\d:\d\d$/,
    )
    for (const other of [page.locator('h1:visible'), page.getByRole('region', { name: phone.t('whatToDo') })]) {
      assert.equal(
        await other.evaluateAll((all) => all.filter((one) => getComputedStyle(one).visibility === 'visible').length),
        0,
      )
    }
  })
})

test('help comes without a picture where WeChat is away', async () => {
  const person = somebody('03')
  await fixture.withPhone({}, async (phone) => {
    await phone.open()
    await phone.signIn(person)
    await phone.begin(person)
    await phone.face()
    await phone.fails('face_no_record')
    const failure = await phone.failure('try_again_later')
    const body = JSON.stringify({
      code: 'temporarily_unavailable',
      status: 503,
      title: '',
      detail: '',
      type: 'urn:x',
      request_id: 'r',
      failure,
    })
    await phone.page.route('**/qr', (route) =>
      route.fulfill({ status: 503, headers: { 'Retry-After': '20' }, contentType: 'application/problem+json', body }),
    )
    await phone.press('supportTitle')
    await phone.at('supportTitle')
    await phone.reads(/求助单号 T-/)
    await phone.reads(phone.t('window'))
  })
})
