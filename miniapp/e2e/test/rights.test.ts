// Consents, access and sessions that end, and what the person is told.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Key } from '../../src/strings'
import { createFixture } from '../harness/fixture'
import { somebody } from '../harness/people'
import type { Phone } from '../harness/phone'

const fixture = createFixture()

/** Opens a screen of the entry's menu. */
async function fromMenu(phone: Phone, key: Key) {
  await phone.open()
  await phone.hands.press(phone.page.getByText(phone.t('menu'), { exact: true }).filter({ visible: true }))
  await phone.press(key)
  await phone.at(key)
}

/** Withdraws a consent as another window does. */
async function withdrawElsewhere({ page }: Phone, kind: string) {
  const status = await page.evaluate(async (wanted) => {
    const { consents } = await (await fetch('/v1/consents')).json()
    const { id } = consents.find((one: { kind: string }) => one.kind === wanted)
    return (await fetch(`/v1/consents/${id}`, { method: 'DELETE' })).status
  }, kind)
  assert.equal(status, 200)
}

async function refuse(phone: Phone) {
  await phone.openTodo()
  await phone.press('notMine')
  await phone.at('refuseTitle')
  await phone.hands.check(phone.page.getByRole('radio').first())
  await phone.press('refuseSubmit')
  await phone.at('refusedTitle')
}

describe('a visit ends', { concurrency: 3 }, () => {
  test('with a consent that is withdrawn: it is asked for again, and the answer given before stays', async () => {
    const person = somebody()
    await fixture.sandbox.push(person)
    await fixture.withPhone({}, async (phone) => {
      await phone.arrive(person)
      await refuse(phone)
      await fromMenu(phone, 'consentsTitle')
      const face = phone.page.getByRole('button', { name: `${phone.t('withdraw')} ${phone.t('kind_face')}` })
      await phone.hands.press(face)
      await face.waitFor({ state: 'detached' })
      const { access, verification } = await phone.ask('/v1/session')
      assert.deepEqual([access, verification], [undefined, undefined], 'the access goes on')
      await phone.open()
      await phone.button('seeTodos').waitFor()
      assert.equal(await phone.button('goOn').count(), 0, 'what has ended is offered')
      await phone.type(person)
      await phone.press('seeTodos')
      await phone.at('noticesTitle')
      await phone.page.getByRole('checkbox').first().waitFor()
      assert.equal(await phone.page.getByRole('checkbox').count(), 1, 'what was not withdrawn is asked for again')
      await phone.consent()
      await phone.press('agreeAndVerify')
      await phone.face()
      await phone.press('continue') // a recent bank card check is reused
      await phone.press('seeTodos')
      await phone.reads(phone.t('refused'))
    })
  })

  test('with the access, in the middle of a signature, and the person is told', async () => {
    const person = somebody()
    const caseID = await fixture.sandbox.push(person)
    await fixture.withPhone({}, async (phone) => {
      await phone.arrive(person)
      await phone.reads(/\d\d:\d\d 前可以查看/)
      await phone.openTodo()
      await phone.secondCheck()
      await phone.sign()
      await withdrawElsewhere(phone, 'handover')
      await phone.press('confirm')
      await phone.at('title')
      await phone.reads(phone.t('accessEnded'))
      const events = await fixture.sandbox.events(caseID)
      assert.deepEqual(
        events.filter(({ confirmation_id: id }) => id),
        [],
        'something was confirmed',
      )
    })
  })

  test('with the session, and the person is told and signs in again', async () => {
    const person = somebody()
    await fixture.sandbox.push(person)
    await fixture.withPhone({}, async (phone) => {
      await phone.arrive(person)
      await phone.context.clearCookies()
      await phone.hands.press(phone.page.getByRole('button', { name: /^业务确认 / }))
      await phone.at('title')
      await phone.reads(phone.t('sessionEnded'))
      await phone.signIn(person)
    })
  })

  test('by logging out, and the way back shows nothing', async () => {
    const person = somebody()
    await fixture.withPhone({}, async (phone) => {
      await phone.arrive(person)
      await phone.press('logOut')
      await phone.button('signIn').waitFor()
      await phone.page.goBack()
      await phone.at('title')
      await phone.button('signIn').waitFor()
      const preferences = ['language', 'elder'] // how screens look and read, which outlasts a session
      const kept = (await phone.stored()).filter(([name]) => !preferences.includes(name))
      assert.deepEqual(kept, [])
    })
  })
})

describe('before anybody is signed in', { concurrency: 3 }, () => {
  for (const [result, key] of [
    ['failed', 'signInFailed'],
    ['unavailable', 'signInUnavailable'],
  ] as const) {
    test(`it is told that the sign-in was ${result}, once`, async () => {
      await fixture.withPhone({}, async (phone) => {
        await phone.page.goto(`${fixture.sandbox.api}/?login=${result}`)
        await phone.reads(phone.t(key))
        await phone.page.reload()
        await phone.button('signIn').waitFor()
        assert.equal(await phone.page.getByText(phone.t(key)).count(), 0)
      })
    })
  }

  test('in an app that does not open the sign-in page, it is told which one does', async () => {
    await fixture.withPhone({}, async (phone) => {
      await phone.page.goto(`${fixture.sandbox.api}/?login=client_unknown`)
      await phone.page.getByRole('heading', { level: 1, name: '未知客户端' }).waitFor()
      await phone.reads('请用支付宝或手机相机重新扫描')
    })
  })

  test('the rules on personal data have an address of their own', async () => {
    await fixture.withPhone({}, async (phone) => {
      await phone.page.goto(`${fixture.sandbox.api}/#/pages/screen/index?s=rules`)
      await phone.at('readRules')
      for (const part of ['part_who', 'part_retention', 'part_rights', 'part_withdrawal'] as const)
        await phone.reads(phone.t(part))
    })
  })
})
