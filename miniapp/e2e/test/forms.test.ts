// What is typed: errors at their fields, pasted numbers, a reload in the middle. And the record that a person reads and prints.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFixture } from '../harness/fixture'
import { needs } from '../harness/looks'
import { readPDF } from '../harness/pdf'
import { somebody } from '../harness/people'

const fixture = createFixture()

test('a form is corrected with the keyboard alone', async () => {
  const person = somebody()
  await fixture.withPhone({}, async (phone) => {
    const { keyboard } = phone.page
    const focused = (key: 'name' | 'number') => phone.field(key).and(phone.page.locator(':focus')).waitFor()
    await phone.open()
    await phone.signIn(person)
    await phone.button('seeTodos').focus()
    await keyboard.press('Enter')
    await focused('name')
    await phone.reads(phone.t('fieldsInvalid', { n: 2 }))
    await keyboard.type(person.name)
    await keyboard.press('Enter')
    await focused('number')
    await phone.reads(phone.t('fieldsInvalid', { n: 1 }))
    await keyboard.type(person.number)
    await keyboard.press('Enter')
    await phone.at('noticesTitle')
  })
})

test('numbers are pasted, and a reload loses nothing', needs('storage'), async () => {
  const person = somebody()
  const { number, card } = person
  await fixture.withPhone({}, async (phone) => {
    const { page } = phone
    await phone.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const paste = async (key: 'number' | 'card', text: string) => {
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
      await phone.field(key).focus()
      await page.keyboard.press('Control+V')
    }
    await phone.open()
    await phone.signIn(person)
    await phone.hands.fill(phone.field('name'), person.name)
    await paste('number', ` ${number.slice(0, 6)}-${number.slice(6)} `)
    const shown = `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`
    assert.equal(await phone.field('number').inputValue(), shown)
    await page.reload()
    assert.equal(await phone.field('number').inputValue(), shown)
    assert.equal(await phone.field('name').inputValue(), person.name)
    await phone.press('seeTodos')
    await phone.consent()
    await phone.at('identityTitle')
    await page.reload()
    await phone.at('identityTitle')
    await phone.press('agreeAndVerify')
    await phone.face()
    await phone.at('bankTitle')
    await paste('card', card.replace(/(.{4})/g, '$1-'))
    await page.reload()
    await phone.at('bankTitle')
    await phone.reads(`**** ${card.slice(-4)}`)
    await phone.hands.fill(phone.field('phone'), person.phone)
    await phone.press('verify')
    await phone.at('successTitle')
    await phone.press('continue')
    await phone.press('seeTodos')
    await phone.at('listTitle')
    assert.equal(await page.evaluate(() => sessionStorage.getItem('drafts')), null, 'what was typed is still kept')
  })
})

test('a record is read, its seal is checked in the browser, and it is printed on one page', async () => {
  const person = somebody()
  await fixture.sandbox.push(person)
  await fixture.withPhone({}, async (phone) => {
    const { page } = phone
    await phone.arrive(person)
    await phone.openTodo()
    await phone.secondCheck()
    await phone.sign()
    await phone.press('confirm')
    await phone.at('doneTitle')
    await phone.press('showReceipt')
    await phone.at('recordTitle')
    await phone.reads(phone.t('seal_valid'))
    for (const key of ['check_face', 'check_bank_card'] as const) await phone.reads(phone.t(key))
    await page.getByRole('img', { name: phone.t('receiptQRAlt') }).waitFor()
    const { pages, text } = readPDF(await page.pdf({ preferCSSPageSize: true }))
    assert.equal(pages, 1)
    for (const words of ['样例测试有限公司', phone.t('checksPassed'), phone.t('seal_valid'), '股东'])
      assert.ok(text.includes(words.replace(/\s/g, '')), `${words} is not printed: ${text}`)
    for (const words of [phone.t('back'), phone.t('printReceipt'), phone.t('signedData')])
      assert.ok(!text.includes(words), `${words} is printed`)
    await page.emulateMedia({ media: 'print' })
    await phone.reads(`${phone.t('title')} · ${phone.t('receipt')}`) // in the PDF a heading consists of outlines
    if (process.env.E2E_SHOT) await page.screenshot({ path: process.env.E2E_SHOT })
  })
})
