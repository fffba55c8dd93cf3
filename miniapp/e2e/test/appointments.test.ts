// From a failure to a time at the window, and to a number at the door of the office.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appointmentOf } from '../harness/appointment'
import { checkAccessibility } from '../harness/axe'
import { createFixture } from '../harness/fixture'
import { somebody } from '../harness/people'

const fixture = createFixture()

for (const options of [{}, { elder: true, language: 'en' }, { keyboard: true, language: 'zh-Hant' }] as const) {
  test(`a person whom a failure leads to the window books a time and takes a number there: ${JSON.stringify(options)}`, async () => {
    const person = somebody('03')
    await fixture.withPhone(options, async (phone) => {
      const { page } = phone
      const { a, press, at, choose } = appointmentOf(phone)
      await phone.open()
      await phone.signIn(person)
      await phone.begin(person)
      await phone.face()
      await phone.fails('face_no_record')
      await press('title')
      await at('title')
      await choose()
      await at('booked')
      const code = page.getByText(/^A-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
      const first = await code.innerText()
      await page.getByRole('img', { name: a('qr') }).waitFor()
      await page.reload()
      await at('booked')
      assert.equal(await code.innerText(), first, 'a reload shows another code')
      await press('change')
      await choose()
      await page.getByRole('button', { name: a('change'), exact: true }).waitFor()
      assert.equal(await code.innerText(), first, 'a change makes another code')
      await press('cancel')
      await page.getByText(a('cancelled'), { exact: true }).waitFor()
      await at('title')

      await page.goto('about:blank') // the QR code at the door is scanned
      await page.goto(`${phone.sandbox.api}/#/pages/screen/index?s=office&id=320500`)
      await at('officeTitle')
      await press('take')
      await page.getByText(/^B\d{3}$/).waitFor()
      await page.getByText(a('waiting'), { exact: true }).waitFor()
      await checkAccessibility(page)
      await page.reload()
      await page.getByText(/^B\d{3}$/).waitFor()
      assert.equal(
        await page.getByRole('button', { name: a('take'), exact: true }).count(),
        0,
        'a second number is offered',
      )
    })
  })
}

test('a stranger who scans the code at the door signs in and comes back to it', async () => {
  const person = somebody('01')
  await fixture.withPhone({}, async (phone) => {
    const { page } = phone
    const { a, press, at } = appointmentOf(phone)
    await page.goto(`${phone.sandbox.api}/#/pages/screen/index?s=office&id=320500`)
    await at('officeTitle')
    await press('signIn')
    const play = page.getByRole('button', { name: '扮演 Play' }).first()
    await play.evaluate((button, openID) => {
      ;(button as HTMLButtonElement).value = openID
    }, person.openID)
    await phone.hands.press(play)
    await page.getByRole('button', { name: a('take'), exact: true }).waitFor()
    await at('officeTitle')
  })
})
