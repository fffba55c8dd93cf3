// A person agrees to be remembered, comes back without typing, and is forgotten.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFixture } from '../harness/fixture'
import { somebody } from '../harness/people'
import type { Phone } from '../harness/phone'

const fixture = createFixture()

const storedText = async (phone: Phone) =>
  JSON.stringify([await phone.stored(), await phone.page.evaluate(() => document.cookie)])

test('a person who agreed comes back without typing, shows the face all the same, and is forgotten', async () => {
  const person = somebody()
  await fixture.withPhone({}, async (phone) => {
    await phone.arrive(person)
    const turn = phone.page.getByRole('checkbox', { name: /记住/ })
    assert.equal(await turn.isChecked(), false, 'the switch is on before the person turned it on')
    assert.equal((await phone.ask('/v1/session')).remembered, undefined)
    await phone.hands.check(turn)
    await phone.button('forget').waitFor()
    await phone.press('logOut')
    await phone.at('title')

    await phone.signIn(person)
    await phone.reads('1****************')
    await phone.press('useRemembered')
    await phone.button('typeByHand').waitFor()
    await phone.press('seeTodos')
    await phone.consent()
    await phone.at('identityTitle')
    assert.equal((await storedText(phone)).includes(person.number), false, 'the browser has the number')
    await phone.press('agreeAndVerify')
    await phone.face()
    await phone.press('continue')
    await phone.press('seeTodos')
    await phone.at('listTitle')
    await phone.press('logOut')

    await phone.signIn(person)
    await phone.press('useRemembered')
    await phone.button('typeByHand').waitFor()
    await phone.press('seeTodos')
    await phone.consent()
    await phone.press('forget')
    await phone.reads(phone.t('forgotten'))
    await phone.field('number').waitFor()
    const session = await phone.ask('/v1/session')
    assert.deepEqual([session.remembered, session.prefill], [undefined, undefined], 'something is kept')
    assert.equal(await phone.button('useRemembered').count(), 0)
  })
})

test('nobody else on that phone sees a document of another account', async () => {
  const [first, second] = [somebody(), somebody()]
  await fixture.withPhone({}, async (phone) => {
    await phone.arrive(first)
    await phone.hands.check(phone.page.getByRole('checkbox', { name: /记住/ }))
    await phone.button('forget').waitFor()
    await phone.press('logOut')
    await phone.signIn(second)
    assert.equal(await phone.button('useRemembered').count(), 0)
    assert.equal((await phone.ask('/v1/session')).remembered, undefined)
  })
})
