// A person freezes their number, gets nowhere until they lift that, and sees it all afterwards.

import { test } from 'node:test'
import { type RightsKey, rightsText } from '../../src/strings/rights'
import { checkAccessibility } from '../harness/axe'
import { createFixture } from '../harness/fixture'
import { somebody } from '../harness/people'

const fixture = createFixture()

test('a person freezes their number, is stopped by it, and lifts it with fresh checks', async () => {
  const person = somebody()
  await fixture.sandbox.push(person)
  await fixture.withPhone({}, async (phone) => {
    const { page, hands } = phone
    const r = (key: RightsKey) => rightsText(phone.language, key)
    const at = async (key: RightsKey) => {
      await page.getByRole('heading', { level: 1, name: r(key), exact: true }).waitFor()
      await checkAccessibility(page)
    }
    const press = (key: RightsKey) => hands.press(page.getByRole('button', { name: r(key), exact: true }))
    const openMyData = async () => {
      await phone.open()
      await hands.press(page.getByText(phone.t('menu'), { exact: true }).filter({ visible: true }))
      await phone.press('myDataTitle')
      await phone.at('myDataTitle')
    }

    await phone.arrive(person)
    await openMyData()
    await press('activityTitle')
    await at('activityTitle')
    await phone.reads(r('byMe'))
    await openMyData()
    await press('freezeTitle')
    await at('freezeTitle')
    await hands.check(page.getByRole('checkbox'))
    await press('freezeSubmit')
    await at('frozenTitle')

    await phone.open()
    await phone.begin(person)
    await phone.face()
    await page.getByRole('heading', { level: 1, name: '您已冻结该证件号码' }).waitFor()
    await phone.press('liftFreeze')

    await phone.at('title')
    await phone.type(person)
    await phone.press('liftFreeze')
    await phone.consent()
    await phone.at('identityTitle')
    await phone.press('agreeAndVerify')
    await phone.at('faceTitle')
    await phone.face()
    await phone.bankCard(person)
    await phone.at('successTitle')
    await phone.press('continue')
    await at('liftTitle')
    await press('liftSubmit')
    await at('liftedTitle')
    await phone.press('home')

    await phone.begin(person)
    await phone.face()
    await phone.at('successTitle')
    await phone.press('continue') // the bank card of the lift is reused
    await phone.at('photoTitle')
    await phone.press('seeTodos')
    await phone.at('listTitle')
  })
})
