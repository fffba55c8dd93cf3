// A registry invites a person to one to-do: by a link, or by a code to type.

import { describe, test } from 'node:test'
import { createFixture } from '../harness/fixture'
import { somebody } from '../harness/people'
import type { Phone } from '../harness/phone'

const fixture = createFixture()

/** Enters a code on the screen or on the start page. */
async function typeCode(phone: Phone, code: string) {
  await phone.hands.fill(phone.field('code'), code)
  await phone.press('useCode')
}

/** Pushes two cases to a person, and expects the one with the invitation. */
async function twoCases() {
  const person = somebody()
  const other = '样例旁边有限公司（模拟）'
  const enterprise = '样例受邀有限公司（模拟）'
  const caseID = await fixture.sandbox.push(person, { enterprise })
  await fixture.sandbox.push(person, { enterprise: other })
  return { person, caseID, enterprise }
}

describe('an invitation leads to its to-do', { concurrency: 3 }, () => {
  test('from a link, through sign-in, identity and face', async () => {
    const { person, caseID, enterprise } = await twoCases()
    const { link } = await fixture.sandbox.invite(caseID)
    await fixture.withPhone({}, async (phone) => {
      await phone.page.goto(link)
      await phone.at('title')
      await phone.reads(phone.t('invited'))
      await phone.signIn(person)
      await phone.reads(phone.t('invited'))
      await phone.begin(person)
      await phone.face()
      await phone.bankCard(person)
      await phone.at('successTitle')
      await phone.press('continue')
      await phone.at('photoTitle')
      await phone.press('seeTodos')
      await phone.at('detailTitle')
      await phone.reads(enterprise)
      await phone.back()
      await phone.at('listTitle')
      await phone.page.goto('about:blank')
      await phone.page.goto(link) // once more, with an access
      await phone.at('detailTitle')
      await phone.reads(enterprise)
      await phone.secondCheck()
      await phone.sign()
      await phone.press('confirm')
      await phone.at('doneTitle')
      await phone.page.goto('about:blank')
      await phone.page.goto(link) // it was answered
      await phone.at('invitedTitle')
      await phone.reads(phone.t('invitedUsed'))
      await phone.page.goBack()
      await phone.at('title')
    })
  })

  test('from a code that is typed on the start page', async () => {
    const { person, caseID, enterprise } = await twoCases()
    const { code } = await fixture.sandbox.invite(caseID)
    await fixture.withPhone({}, async (phone) => {
      await phone.open()
      await phone.hands.press(phone.page.getByText(phone.t('haveCode')).filter({ visible: true }))
      await phone.press('useCode')
      await phone.reads(phone.t('required'))
      await typeCode(phone, code.toLowerCase())
      await phone.reads(phone.t('invited'))
      await phone.signIn(person)
      await phone.begin(person)
      await phone.face()
      await phone.bankCard(person)
      await phone.at('successTitle')
      await phone.press('continue')
      await phone.press('seeTodos')
      await phone.at('detailTitle')
      await phone.reads(enterprise)
    })
  })

  test('from a code that is typed on the list, once it is right', async () => {
    const { person, caseID, enterprise } = await twoCases()
    const { code: former } = await fixture.sandbox.invite(caseID)
    const { code } = await fixture.sandbox.invite(caseID)
    const another = somebody()
    const { code: foreign } = await fixture.sandbox.invite(await fixture.sandbox.push(another))
    await fixture.withPhone({}, async (phone) => {
      await phone.arrive(person)
      await phone.press('haveCode')
      await phone.at('invitedTitle')
      for (const wrong of ['BBBB BBBB', former, foreign]) {
        await typeCode(phone, wrong)
        await phone.reads(phone.t('invitedNothing'))
        await phone.at('invitedTitle')
      }
      await typeCode(phone, code)
      await phone.at('detailTitle')
      await phone.reads(enterprise)
    })
  })
})
