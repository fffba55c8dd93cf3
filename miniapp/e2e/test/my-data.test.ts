// The rights of the person over their data, from the menu of the entry to the erasure.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { type RightsKey, rightsText } from '../../src/strings/rights'
import { checkAccessibility } from '../harness/axe'
import { createFixture } from '../harness/fixture'
import { look } from '../harness/looks'
import { somebody } from '../harness/people'
import type { Phone } from '../harness/phone'

const fixture = createFixture()

/** Operates the screens on the person's rights, whose texts are apart. */
function rightsOf(phone: Phone) {
  const { page, hands } = phone
  const r = (key: RightsKey) => rightsText(phone.language, key)
  return {
    r,
    at: async (key: RightsKey) => {
      await page.getByRole('heading', { level: 1, name: r(key), exact: true }).waitFor()
      await checkAccessibility(page)
    },
    press: (key: RightsKey) => hands.press(page.getByRole('button', { name: r(key), exact: true })),
  }
}

/** Answers the to-do. Without a pointer nobody can sign, and the person declines. */
async function answer(phone: Phone) {
  await phone.openTodo()
  if (look.keyboard) {
    await phone.press('notMine')
    await phone.at('refuseTitle')
    await phone.hands.check(phone.page.getByRole('radio').first())
    await phone.press('refuseSubmit')
    await phone.at('refusedTitle')
    return
  }
  await phone.secondCheck()
  await phone.sign()
  await phone.press('confirm')
  await phone.at('doneTitle')
}

async function openMyData(phone: Phone) {
  await phone.open()
  await phone.hands.press(phone.page.getByText(phone.t('menu'), { exact: true }).filter({ visible: true }))
  await phone.press('myDataTitle')
  await phone.at('myDataTitle')
}

test('a person sees their data, who looked, asks for a correction, takes a copy, withdraws and is erased', async () => {
  const person = somebody()
  const caseID = await fixture.sandbox.push(person)
  await fixture.withPhone({}, async (phone) => {
    const { page, hands } = phone
    const { r, at, press } = rightsOf(phone)
    await phone.arrive(person)
    await answer(phone)
    await fixture.sandbox.answers(caseID, 1)

    await openMyData(phone)
    await press('accessesTitle')
    await at('accessesTitle')
    if (look.keyboard) await phone.reads(r('accessesEmpty'))
    else {
      const fetched = page.getByText(r('office'), { exact: true }).filter({ visible: true })
      for (let tries = 0; tries < 20 && (await fetched.count()) === 0; tries++) {
        await page.waitForTimeout(500) // the registry fetches the evidence after it was told of the answer
        await page.reload()
        await at('accessesTitle')
      }
      await fetched.first().waitFor()
    }

    await openMyData(phone)
    await press('correctionsTitle')
    await at('correctionsTitle')
    await hands.fill(page.getByRole('textbox', { name: r('words'), exact: true }), '姓名有误')
    await press('correct')
    await phone.reads(r('corrected'))
    await phone.reads(r('state_open'))

    await openMyData(phone)
    const download = page.waitForEvent('download')
    await press('download')
    const file = await (await download).path()
    assert.equal((await readFile(file)).subarray(0, 2).toString(), 'PK', 'the copy is no ZIP file')
    await phone.reads(r('downloaded'))

    await phone.press('consentsTitle')
    await phone.at('consentsTitle')
    await hands.press(page.getByRole('button', { name: `${phone.t('withdraw')} ${phone.t('kind_face')}` }))
    await page
      .getByRole('button', { name: `${phone.t('withdraw')} ${phone.t('kind_face')}` })
      .waitFor({ state: 'detached' })
    assert.equal((await phone.ask('/v1/session')).access, undefined, 'the access goes on')

    await phone.open()
    await phone.begin(person)
    await phone.face()
    await phone.at('successTitle')
    await phone.press('continue') // a recent bank card check is reused
    await phone.at('photoTitle')
    await phone.press('seeTodos')
    await phone.at('listTitle')
    await openMyData(phone)
    await press('eraseTitle')
    await at('eraseTitle')
    await hands.check(page.getByRole('checkbox'))
    await press('eraseSubmit')
    await at('erasedTitle')
    await phone.reads(/ers_[0-9a-f]{32}/)
    assert.deepEqual(
      (await phone.stored()).filter(([, value]) => value.includes(person.number) || value.includes(person.name)),
      [],
    )
    await phone.open()
    await phone.button('signIn').waitFor()
  })
})
