// Every sample person of docs/sandbox.md: what happens to them, what they are told, and how they continue.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Key } from '../../src/strings'
import { createFixture } from '../harness/fixture'
import { fates, type Person, sample, somebody } from '../harness/people'
import type { Phone } from '../harness/phone'

const fixture = createFixture()
const anotherFace = 'another face'

/** Goes from the bank card to the list. */
async function toTheList(phone: Phone, person: Person) {
  await phone.bankCard(person)
  await phone.at('successTitle')
  await phone.press('continue')
  await phone.at('photoTitle')
  await phone.press('seeTodos')
  await phone.at('listTitle')
}

/** Expects a failure before any check starts. */
async function stoppedAtStart(phone: Phone, person: Person, code: string) {
  await phone.type(person)
  await phone.press('seeTodos')
  await phone.consent()
  await phone.press('agreeAndVerify')
  await phone.fails(code)
}

async function typesValidity(phone: Phone, from: string, until?: string) {
  await phone.press('validityAsk')
  await phone.hands.fill(phone.dateField('validFrom'), from)
  if (until) await phone.hands.fill(phone.dateField('validUntil'), until)
  else await phone.hands.check(phone.page.getByRole('checkbox', { name: phone.t('longTerm') }))
}

const passes: Story = (phone, person) => phone.verify(person)

const year = new Date().getUTCFullYear()

/** What happens to a person, who is signed in and at the entry. */
type Story = (phone: Phone, person: Person) => Promise<void>

/** By the digits of the fate; each begins signed in, at the entry. */
const stories: Record<string, Story> = {
  '01': passes,
  '02': async (phone, person) => {
    await phone.begin(person)
    await phone.face()
    for (let left = 4; left > 0; left--) {
      await phone.fails('face_differs', left)
      await phone.press('tryAgain')
      await phone.face()
    }
    await phone.fails('tries_exhausted', 0)
    await phone.reads(/北京时间/)
    assert.equal(await phone.button('tryAgain').count(), 0, 'who has no tries left is offered another')
    await phone.press('home')
    await phone.at('title')
  },
  '03': async (phone, person) => {
    await phone.begin(person)
    await phone.face()
    await phone.fails('face_no_record')
    await phone.reads(/凭条码/)
  },
  '04': async (phone, person) => {
    await phone.begin(person)
    for (const left of [4, 3]) {
      await phone.face()
      await phone.fails('face_quality', left)
      await phone.press('tryAgain')
    }
    await phone.face()
    await toTheList(phone, person)
  },
  '05': async (phone, person) => {
    await phone.begin(person)
    await phone.face()
    for (const left of [3, 2, 1]) {
      await phone.bankCard(person)
      await phone.fails('card_differs', left)
      await phone.press('tryAgain')
    }
    await phone.bankCard(person) // the card networks accept three checks of one card a day
    await phone.fails('card_locked')
    await phone.press('tryAgain')
    await phone.bankCard({ ...person, card: sample('09').card })
    await phone.fails('tries_exhausted', 0)
  },
  '06': async (phone, person) => {
    await phone.begin(person)
    await phone.face()
    for (let times = 2; times > 0; times--) {
      await phone.bankCard(person)
      await phone.fails('provider_busy', 4)
      await phone.press('tryAgain')
    }
    await phone.at('bankTitle')
    await phone.press('notNow')
    await phone.at('title')
  },
  '07': async (phone, person) => {
    await phone.begin(person)
    await phone.face()
    await phone.bankCard(person)
    await phone.fails('card_unresolved', 4)
    await phone.press('tryAgain')
    await toTheList(phone, person)
  },
  '08': async (phone, person) => {
    await phone.begin(person)
    await phone.face()
    await phone.page.getByRole('heading', { name: phone.t('bankTitle') }).waitFor({ timeout: 30_000 })
    await toTheList(phone, person)
  },
  '09': passes, // the channel does not report the owner of an account, so a mismatch cannot be noticed
  10: (phone, person) => phone.verify({ ...person, name: person.name.replace('·', '・') }),
  11: passes,
  12: async (phone, person) => {
    await phone.verify(person)
    for (const role of ['法定代表人', '股东', '财务负责人']) await phone.reads(new RegExp(`· ${role}`))
    assert.equal(await phone.page.getByRole('button', { name: /^业务确认 / }).count(), 3)
  },
  13: async (phone, person) => {
    await phone.verify(person)
    await phone.openTodo()
    await phone.press('notMine')
    await phone.at('refuseTitle')
    assert.equal(await phone.button('refuseSubmit').getAttribute('aria-disabled'), 'true', 'a refusal has a reason')
    await phone.hands.check(phone.page.getByRole('radio', { name: '不是我办的，有人使用我的身份' }))
    await phone.press('refuseSubmit')
    await phone.at('refusedTitle')
    await phone.reads('您的答复已提交登记机关。')
    await phone.reads((await phone.ask('/v1/support')).service_window)
    const { confirmations } = await phone.ask('/v1/confirmations')
    assert.deepEqual(
      confirmations.map(({ decision, reason }) => ({ decision, reason })),
      [{ decision: 'refused', reason: 'not_mine' }],
    )
    await phone.press('backToList')
    await phone.reads('已拒绝')
  },
  14: async (phone, person) => {
    await phone.verify(person)
    await phone.reads('姓名不一致')
    assert.doesNotMatch(
      await phone.page.locator('main:visible').innerText(),
      /有限公司/,
      'nothing of the case is shown',
    )
    assert.equal(await phone.page.getByRole('button', { name: /^业务确认/ }).count(), 0)
  },
  15: async (phone, person) => {
    await phone.begin(person)
    await phone.face()
    await phone.bankCard(person)
    await phone.at('successTitle')
    await phone.press('continue')
    await phone.reads('核验机构没有返回照片，不影响办理。')
    await phone.press('seeTodos')
    await phone.at('listTitle')
  },
  16: (phone, person) => stoppedAtStart(phone, person, 'guardian_required'),
  17: (phone, person) => stoppedAtStart(phone, person, 'guardian_required'),
  18: async (phone, person) => {
    await phone.begin({ ...person, name: '李样例' })
    await phone.face()
    await phone.fails('identity_not_confirmed')
    await phone.press('correct')
    await phone.at('title')
    await phone.type(person)
    await phone.press('seeTodos')
    await phone.press('agreeAndVerify') // notices with a valid consent are not shown again
    await phone.at('faceTitle')
    await phone.face()
    await toTheList(phone, person)
  },
  19: async (phone, person) => {
    await phone.begin(person)
    await phone.face('Cancel')
    await phone.at('faceTitle')
    await phone.face('Show the face', 'again')
    await phone.bankCard(person)
    await phone.at('successTitle')
    await phone.press('continue')
    await phone.at('photoTitle')
    await phone.press('startOver')
    await phone.at('title')
    await phone.type(person)
    await phone.press('seeTodos')
    await phone.press('agreeAndVerify')
    await phone.at('faceTitle')
    await phone.face()
    await phone.at('successTitle') // a recent bank card check is reused
    await phone.press('continue')
    await phone.press('seeTodos')
    await phone.at('listTitle')
  },
  20: passes,
  21: async (phone, person) => {
    await phone.begin(person)
    await phone.face(anotherFace)
    await phone.fails('face_differs', 4)
    await phone.press('tryAgain')
    await phone.face()
    await toTheList(phone, person)
  },
  22: async (phone, person) => {
    await phone.begin(person)
    await phone.face()
    await phone.fails('identity_not_confirmed')
  },
  23: async (phone, person) => {
    await typesValidity(phone, `${year - 11}-06-01`, `${year - 1}-06-01`)
    await stoppedAtStart(phone, person, 'document_expired')
    await phone.press('correct')
    await phone.at('title')
  },
  24: async (phone, person) => {
    await typesValidity(phone, `${year - 3}-06-01`)
    await phone.verify(person)
  },
  29: async (phone, person) => {
    await phone.begin(person)
    await phone.face()
    await phone.fails('face_quality', 4)
    await phone.press('supportTitle')
    await phone.at('supportTitle')
    await phone.page.getByRole('img', { name: '技术支持二维码' }).waitFor()
    await phone.reads(/求助单号/)
    await phone.back()
    await phone.fails('face_quality', 4)
    await phone.press('tryAgain')
    await phone.face()
    await toTheList(phone, person)
  },
  30: async (phone, person) => {
    await phone.verify(person)
    await phone.button('recordsTitle').waitFor() // a browser is sent no messages, so it asks for none
    assert.equal(await phone.button('remind').count(), 0, 'a browser offers messages')
  },
  31: async (phone, person) => {
    const company = '样例沙盒投资有限公司（模拟）'
    await phone.verify(person)
    await phone.reads(/· 监事/)
    await phone.hands.press(phone.page.getByRole('button', { name: new RegExp(`^业务确认 .*股东 ${company}$`) }))
    await phone.at('detailTitle')
    for (const words of [company, '91000000MA0000000N', '法定代表人']) await phone.reads(words)
    await phone.secondCheck()
    await phone.reads(company)
    await phone.sign()
    await phone.press('confirm')
    await phone.at('doneTitle')
    await phone.press('showReceipt')
    await phone.reads(company)
  },
  // Registration has no screen. With Alipay this person is one like any other.
  35: (phone, person) => phone.verify(person),
}

test('what is mistyped is told beside its field, and is sent to nobody', async () => {
  const person = somebody()
  await fixture.withPhone({}, async (phone) => {
    const told = async (field: Key, key: Key) => {
      const note = await phone.field(field).getAttribute('aria-describedby')
      assert.equal(
        await phone.page.locator(`[id="${note}"]`).innerText(),
        phone.t(key, { type: phone.t('resident_id') }),
      )
    }
    await phone.open()
    await phone.signIn(person)
    await phone.type({ name: person.name, number: person.number.slice(0, 17) })
    await phone.press('seeTodos')
    await told('number', 'numberLength')
    const wrong = person.number.slice(0, 17) + (person.number.endsWith('1') ? '2' : '1')
    await phone.hands.fill(phone.field('number'), wrong)
    await told('number', 'numberWrong')
    await phone.press('seeTodos')
    await phone.at('title')
    await phone.begin(person)
    await phone.face()
    await phone.bankCard({ card: person.card.slice(0, -1) + ((Number(person.card.at(-1)) + 1) % 10), phone: '123' })
    await told('phone', 'phoneHint')
    await phone.hands.fill(phone.field('phone'), person.phone)
    await phone.press('verify')
    await told('card', 'cardDoubt')
    assert.equal(phone.keysOf('POST', /bank-card$/), 0, 'something mistyped was sent')
    await phone.press('verify') // the person confirms the number
    await phone.fails('card_differs')
    await phone.press('tryAgain')
    await phone.at('bankTitle')
    await phone.reads(/\*{4} \d{4}/)
    assert.equal(await phone.field('phone').inputValue(), person.phone, 'what was typed is gone')
    await phone.press('cardEdit')
    await phone.bankCard(person)
    await phone.at('successTitle')
  })
})

test('every listed person has a story', () => {
  assert.deepEqual(Object.keys(stories).sort(), fates().sort())
})

describe('what happens to', { concurrency: 3 }, () => {
  for (const [fate, story] of Object.entries(stories)) {
    const person = sample(fate)
    test(`${fate} ${person.name} · ${person.story}`, () =>
      fixture.withPhone({}, async (phone) => {
        await phone.open()
        await phone.signIn(person)
        await story(phone, person)
      }))
  }
})
