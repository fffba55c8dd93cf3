// Where the policy allows it, a session lists its own answers, masked, after its access has ended.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFixture } from '../harness/fixture'
import { somebody } from '../harness/people'

const fixture = createFixture({ policy: { session_records: true } })

test('the answers of a session are listed masked after its access, and go with the session', async () => {
  const person = somebody()
  await fixture.sandbox.push(person)
  await fixture.withPhone({}, async (phone) => {
    await phone.arrive(person)
    await phone.openTodo()
    await phone.press('notMine')
    await phone.at('refuseTitle')
    await phone.page.getByRole('radio').first().check()
    await phone.press('refuseSubmit')
    await phone.at('refusedTitle')

    for (let at = 0; at < 4; at++) {
      await fixture.sandbox.moveClock('20m')
      await phone.ask('/v1/session') // a session that is used does not end
    }
    assert.equal((await phone.ask('/v1/session')).access, undefined, 'the access goes on')
    await phone.open()
    await phone.page.getByText(phone.t('menu'), { exact: true }).filter({ visible: true }).click()
    await phone.press('recordsTitle')
    await phone.reads(phone.t('recordsOfSession'))
    await phone.reads('样例********拟）')
    const text = await phone.page.locator('body').innerText()
    assert.equal(text.includes('样例测试'), false, 'the name is not masked')
    assert.equal(await phone.button('receipt').count(), 0, 'a receipt is offered without access')

    await phone.press('verifyAgain')
    await phone.field('name').waitFor()
    await phone.page.evaluate(() => fetch('/v1/session', { method: 'DELETE' }))
    const status = await phone.page.evaluate(async () => (await fetch('/v1/session/confirmations')).status)
    assert.equal(status, 401)
  })
})
