// Reloads, lost networks and responses, double taps, a broken storage, and two devices.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Key } from '../../src/strings'
import { createFixture } from '../harness/fixture'
import { needs } from '../harness/looks'
import { somebody } from '../harness/people'
import type { Phone } from '../harness/phone'

const fixture = createFixture()

/** Presses a button without a network, expects the message, and retries with a network. */
async function pressOffline(phone: Phone, key: Key) {
  await phone.setOffline(true)
  await phone.press(key)
  const alert = phone.page.getByRole('alert').filter({ visible: true })
  await alert.filter({ hasText: phone.t('offlineLead') }).waitFor()
  await phone.setOffline(false)
  await phone.hands.press(alert.getByRole('button', { name: phone.t('retry') }))
}

/** Loses the next response of a call, after the server has processed it. */
async function loseAnswer(phone: Phone, path: string) {
  await phone.page.route(
    path,
    async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    },
    { times: 1 },
  )
}

async function reload(phone: Phone, key: Key) {
  await phone.page.reload()
  await phone.at(key)
}

/** Presses a button twice at once. */
async function pressTwice(phone: Phone, key: Key) {
  await phone.button(key).evaluate((button: HTMLElement) => {
    button.click()
    button.click()
  })
}

/** Expects one confirmation at the registry, and the same one in the person's records. */
async function answeredOnce(phone: Phone, caseID: string) {
  const events = await fixture.sandbox.answers(caseID, 1)
  assert.deepEqual(
    events.map(({ type, times }) => ({ type, times })),
    [{ type: 'todo.confirmed', times: 1 }],
  )
  const { confirmations } = await phone.ask('/v1/confirmations')
  assert.deepEqual(
    confirmations.map(({ id }) => id),
    events.map(({ confirmation_id: id }) => id),
  )
}

describe('the way goes on', { concurrency: 3 }, () => {
  test('after a reload of every screen', needs('storage'), async () => {
    const person = somebody()
    const caseID = await fixture.sandbox.push(person)
    await fixture.withPhone({}, async (phone) => {
      await phone.open()
      await phone.signIn(person)
      await reload(phone, 'title')
      await phone.button('seeTodos').waitFor()
      await phone.type(person)
      await phone.press('seeTodos')
      await phone.at('noticesTitle')
      await reload(phone, 'noticesTitle') // what was typed is kept in the tab
      await phone.page.goBack()
      await phone.at('title')
      assert.equal((await phone.field('number').inputValue()).replaceAll(' ', ''), person.number)
      const elsewhere = await phone.page.evaluate(() => JSON.stringify({ ...localStorage }) + location.href)
      assert.ok(!elsewhere.includes(person.number), 'what was typed is kept beyond the tab')
      await phone.begin(person)
      await reload(phone, 'faceTitle')
      await phone.press('faceStart')
      await phone.page.getByRole('button', { name: 'Show the face' }).waitFor()
      await phone.page.reload()
      await phone.hands.press(phone.page.getByRole('button', { name: 'Show the face' }))
      await phone.at('bankTitle')
      await reload(phone, 'bankTitle')
      await phone.bankCard(person)
      await phone.at('successTitle')
      await reload(phone, 'successTitle')
      await phone.press('continue')
      await phone.at('photoTitle')
      await reload(phone, 'photoTitle')
      await phone.press('seeTodos')
      await phone.at('listTitle')
      await reload(phone, 'listTitle')
      await phone.openTodo()
      await reload(phone, 'detailTitle')
      await phone.press('confirm')
      await phone.at('noticesTitle')
      await reload(phone, 'noticesTitle')
      await phone.consent()
      await phone.at('identityAgain')
      await reload(phone, 'identityAgain')
      await phone.press('agreeAndVerify')
      await phone.at('faceTitle')
      await reload(phone, 'faceTitle')
      await phone.face()
      await phone.at('successTitle')
      await reload(phone, 'successTitle')
      await phone.press('continue')
      await phone.at('signTitle')
      await reload(phone, 'signTitle')
      await phone.sign()
      await phone.press('confirm')
      await phone.at('doneTitle')
      await reload(phone, 'doneTitle')
      await phone.press('showReceipt')
      await phone.at('recordTitle')
      await reload(phone, 'recordTitle')
      await answeredOnce(phone, caseID)
    })
  })

  test('without a network at every step, and nothing is lost or done twice', async () => {
    const person = somebody()
    const caseID = await fixture.sandbox.push(person)
    await fixture.withPhone({}, async (phone) => {
      await phone.open()
      await phone.signIn(person)
      await phone.type(person)
      await phone.setOffline(true)
      await phone.press('seeTodos')
      await phone.reads(phone.t('offlineLead'))
      await phone.setOffline(false) // the screen reloads by itself
      await phone.page.getByRole('checkbox').first().waitFor()
      for (const box of await phone.page.getByRole('checkbox').all()) await phone.hands.check(box)
      await pressOffline(phone, 'agreeNext')
      await phone.at('identityTitle')
      await pressOffline(phone, 'agreeAndVerify')
      await phone.at('faceTitle')
      await pressOffline(phone, 'faceStart')
      await phone.hands.press(phone.page.getByRole('button', { name: 'Show the face' }))
      await phone.at('bankTitle')
      await phone.hands.fill(phone.field('card'), person.card)
      await phone.hands.fill(phone.field('phone'), person.phone)
      await pressOffline(phone, 'verify')
      await phone.at('successTitle')
      await phone.press('continue')
      await phone.at('photoTitle')
      await pressOffline(phone, 'seeTodos')
      await phone.at('listTitle')
      await phone.openTodo()
      await phone.secondCheck()
      await phone.sign()
      await pressOffline(phone, 'confirm')
      await phone.at('doneTitle')
      await answeredOnce(phone, caseID)
    })
  })

  test('when answers get lost after the server has done what was asked', async () => {
    const person = somebody()
    const caseID = await fixture.sandbox.push(person)
    await fixture.withPhone({}, async (phone) => {
      await phone.open()
      await phone.signIn(person)
      await loseAnswer(phone, '**/v1/consents')
      await loseAnswer(phone, '**/v1/verifications')
      await loseAnswer(phone, '**/v1/verifications/*/face')
      await loseAnswer(phone, '**/v1/verifications/*/bank-card')
      await loseAnswer(phone, '**/v1/verifications/*/portrait/accept')
      await phone.verify(person)
      await phone.openTodo()
      await phone.secondCheck()
      await phone.sign()
      await loseAnswer(phone, '**/v1/todos/*/confirmation')
      await phone.press('confirm')
      await phone.at('doneTitle')
      const asked = (path: RegExp) => phone.sent.filter((one) => one.method === 'POST' && path.test(one.path))
      for (const path of [/verifications$/, /\/bank-card$/, /\/confirmation$/]) {
        const calls = asked(path).slice(0, 2)
        assert.equal(calls.length, 2, `${path} was repeated`)
        assert.equal(calls[0]?.key, calls[1]?.key, `${path} was repeated with its key`)
      }
      await answeredOnce(phone, caseID)
    })
  })

  test('with every main button pressed twice', async () => {
    const person = somebody()
    const caseID = await fixture.sandbox.push(person)
    await fixture.withPhone({}, async (phone) => {
      await phone.open()
      await phone.signIn(person)
      await phone.type(person)
      await pressTwice(phone, 'seeTodos')
      await phone.at('noticesTitle')
      await phone.page.getByRole('checkbox').first().waitFor()
      for (const box of await phone.page.getByRole('checkbox').all()) await phone.hands.check(box)
      await pressTwice(phone, 'agreeNext')
      await phone.at('identityTitle')
      await pressTwice(phone, 'agreeAndVerify')
      await phone.at('faceTitle')
      await pressTwice(phone, 'faceStart')
      await phone.hands.press(phone.page.getByRole('button', { name: 'Show the face' }))
      await phone.at('bankTitle')
      await phone.hands.fill(phone.field('card'), person.card)
      await phone.hands.fill(phone.field('phone'), person.phone)
      await pressTwice(phone, 'verify')
      await phone.at('successTitle')
      await pressTwice(phone, 'continue')
      await phone.at('photoTitle')
      await pressTwice(phone, 'seeTodos')
      await phone.at('listTitle')
      await phone.openTodo()
      await phone.secondCheck()
      await phone.sign()
      await pressTwice(phone, 'confirm')
      await phone.at('doneTitle')
      const effects = {
        verifications: /\/v1\/verifications$/,
        faces: /\/face$/,
        cards: /\/bank-card$/,
        answers: /\/confirmation$/,
      }
      const counted = Object.fromEntries(
        Object.entries(effects).map(([name, path]) => [name, phone.keysOf('POST', path)]),
      )
      assert.deepEqual(counted, { verifications: 2, faces: 2, cards: 1, answers: 1 })
      await answeredOnce(phone, caseID)
    })
  })

  for (const storage of ['off', 'full'] as const) {
    test(`from the entry to the receipt where the browser's storage is ${storage}`, async () => {
      const person = somebody()
      const caseID = await fixture.sandbox.push(person)
      await fixture.withPhone({ storage }, async (phone) => {
        await phone.arrive(person)
        await phone.openTodo()
        await phone.secondCheck()
        await phone.sign()
        await phone.press('confirm')
        await phone.at('doneTitle')
        await phone.press('showReceipt')
        await phone.at('recordTitle')
        await answeredOnce(phone, caseID)
      })
    })
  }

  test('where the person signs in on another phone in the middle of it', async () => {
    const person = somebody()
    const caseID = await fixture.sandbox.push(person)
    await fixture.withPhone({}, async (first) => {
      await first.arrive(person)
      await first.openTodo()
      await first.secondCheck()
      await fixture.withPhone({}, async (second) => {
        await second.open()
        await second.signIn(person)
        await second.begin(person)
        await second.face()
        await second.at('successTitle') // a recent bank card check is reused
      })
      await first.sign()
      await first.press('confirm')
      await first.at('doneTitle')
      await answeredOnce(first, caseID)
    })
  })
})
