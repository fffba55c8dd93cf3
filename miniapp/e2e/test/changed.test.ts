// The registry changes a case after the person has read it. Nothing is answered that was not read.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createFixture } from '../harness/fixture'
import { type Person, somebody } from '../harness/people'
import type { Phone } from '../harness/phone'

const fixture = createFixture()
const before = '壹佰万元人民币'
const after = '贰佰万元人民币'

/** Goes to the content of a case. Returns a function that lets the registry change the case. */
async function read(phone: Phone, person: Person): Promise<() => Promise<void>> {
  const id = await fixture.sandbox.push(person, { capital: before })
  await phone.arrive(person)
  await phone.openTodo()
  await phone.reads(before)
  return () => fixture.sandbox.pushRevision(id, 2, person, { capital: after })
}

/** Expects the new content, and that the person is told of it. */
async function readsAgain(phone: Phone) {
  await phone.reads(phone.t('contentChanged'))
  await phone.reads(after)
  await phone.at('detailTitle')
  assert.equal(await phone.page.getByText(before).filter({ visible: true }).count(), 0)
}

/** Signs, and expects one confirmation, of the new content. */
async function signs(phone: Phone) {
  await phone.secondCheck()
  await phone.reads(after)
  await phone.sign()
  await phone.press('confirm')
  await phone.at('doneTitle')
  const { confirmations } = await phone.ask('/v1/confirmations')
  assert.deepEqual(
    confirmations.map(({ decision, revision }) => ({ decision, revision })),
    [{ decision: 'confirmed', revision: 2 }],
  )
}

describe('a case that changes after it was read is read again', { concurrency: 3 }, () => {
  test('between the second face and the signature', async () => {
    const person = somebody()
    await fixture.withPhone({}, async (phone) => {
      const change = await read(phone, person)
      await phone.secondCheck()
      await phone.sign()
      await change()
      await phone.press('confirm')
      await readsAgain(phone)
      await signs(phone)
      await phone.press('backToList')
      await phone.at('listTitle')
    })
  })

  test('before the second face, and before the signature is shown', async () => {
    const person = somebody()
    await fixture.withPhone({}, async (phone) => {
      const change = await read(phone, person)
      await phone.press('confirm')
      await phone.consent()
      await phone.at('identityAgain')
      await change()
      await phone.press('agreeAndVerify')
      await readsAgain(phone)
      await phone.page.goBack()
      await phone.at('listTitle')
      await phone.openTodo()
      await signs(phone)
    })
  })

  test('before it is declined', async () => {
    const person = somebody()
    await fixture.withPhone({}, async (phone) => {
      const change = await read(phone, person)
      await phone.press('notMine')
      await phone.at('refuseTitle')
      await phone.hands.check(phone.page.getByRole('radio').first())
      await change()
      await phone.press('refuseSubmit')
      await readsAgain(phone)
      await phone.press('notMine')
      await phone.at('refuseTitle')
      await phone.hands.check(phone.page.getByRole('radio').first())
      await phone.press('refuseSubmit')
      await phone.at('refusedTitle')
    })
  })

  test('after a reload of the page that it replaces', async () => {
    const person = somebody()
    await fixture.withPhone({}, async (phone) => {
      const change = await read(phone, person)
      await change()
      await phone.page.reload()
      await readsAgain(phone)
    })
  })
})
