// Each screen while it loads, when the server rejects a call, when the network loses it, and with nothing to show.

import { describe, test } from 'node:test'
import type { Key } from '../../src/strings'
import { disturb } from '../harness/disturb'
import { createFixture } from '../harness/fixture'
import { somebody } from '../harness/people'
import type { Phone } from '../harness/phone'

const fixture = createFixture()

/** Opens a screen by its address, as a new page does. */
async function goTo({ page, sandbox }: Phone, query: string) {
  await page.goto('about:blank')
  await page.goto(`${sandbox.api}/#/pages/screen/index?${query}`)
}

/** Opens a screen in each state of the call that it loads. */
async function load(phone: Phone, query: string, call: RegExp, title: Key) {
  const loading = phone.page.getByText(phone.t('loading')).or(phone.page.locator('[aria-busy=true]'))
  await disturb(phone, call, () => goTo(phone, query), loading.filter({ visible: true }))
  await phone.at(title)
}

/** Presses a button in each state of the call that it makes. */
const act = (phone: Phone, key: Key, call: RegExp) =>
  disturb(phone, call, () => phone.press(key), phone.page.locator('[aria-busy=true]').filter({ visible: true }))

describe('everyone can use a screen in each of its states', { concurrency: 3 }, () => {
  test('on the way to the to-dos', async () => {
    const person = somebody()
    await fixture.withPhone({}, async (phone) => {
      await load(phone, 's=support', /^\/v1\/support$/, 'supportTitle')
      await load(phone, 's=faq', /^\/v1\/support\/faq$/, 'faqTitle')
      await load(phone, 's=rules', /^\/v1\/notices$/, 'readRules')
      await load(phone, 's=entry', /^\/v1\/session$/, 'title')
      await phone.signIn(person)
      await phone.type(person)
      await phone.press('seeTodos')
      const boxes = phone.page.getByRole('checkbox')
      await boxes.first().waitFor()
      for (const box of await boxes.filter({ visible: true }).all()) await phone.hands.check(box)
      await act(phone, 'agreeNext', /^\/v1\/consents$/)
      await phone.at('identityTitle')
      await act(phone, 'agreeAndVerify', /^\/v1\/verifications$/)
      await phone.at('faceTitle')
      await act(phone, 'faceStart', /\/face$/)
      await phone.hands.press(phone.page.getByRole('button', { name: 'Show the face' }))
      await phone.at('bankTitle')
      await phone.hands.fill(phone.field('card'), person.card)
      await phone.hands.fill(phone.field('phone'), person.phone)
      await act(phone, 'verify', /\/bank-card$/)
      await phone.at('successTitle')
      await phone.press('continue')
      await phone.at('photoTitle')
      await act(phone, 'seeTodos', /\/portrait\/accept$/)
      await phone.at('listTitle')
      await phone.reads(phone.t('listEmpty'))
      await phone.press('recordsTitle')
      await phone.at('recordsTitle')
      await load(phone, 's=list', /^\/v1\/todos$/, 'listTitle')
    })
  })

  test('from the list to the record', async () => {
    const person = somebody()
    await fixture.sandbox.push(person, { roles: ['法定代表人', '股东'] })
    await fixture.withPhone({}, async (phone) => {
      await phone.arrive(person)
      const [todo, other] = (await phone.ask('/v1/todos')).todos
      await load(phone, `s=detail&id=${todo?.id}`, /^\/v1\/todos\/tod_/, 'detailTitle')
      await phone.secondCheck()
      await phone.sign()
      await act(phone, 'confirm', /\/confirmation$/)
      await phone.at('doneTitle')
      const [answer] = (await phone.ask('/v1/confirmations')).confirmations
      await load(phone, `s=refuse&id=${other?.id}`, /^\/v1\/todos\/tod_/, 'refuseTitle')
      await phone.hands.check(phone.page.getByRole('radio').first())
      await act(phone, 'refuseSubmit', /\/refusal$/)
      await phone.at('refusedTitle')
      await load(phone, 's=records', /^\/v1\/confirmations$/, 'recordsTitle')
      await load(phone, `s=record&id=${answer?.id}`, /\/receipt$/, 'recordTitle')
      await load(phone, 's=consents', /^\/v1\/consents$/, 'consentsTitle')
    })
  })
})
