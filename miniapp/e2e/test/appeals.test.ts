// An appeal in a browser: from the last try to what is submitted, over an interrupted upload and a reload.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appealOf, exhaustTries, sample } from '../harness/appeal'
import { checkAccessibility } from '../harness/axe'
import { createFixture } from '../harness/fixture'
import { sample as listed, somebody } from '../harness/people'

const fixture = createFixture()

test('a person without tries appeals, and finds everything after a reload', async () => {
  const person = somebody('02')
  await fixture.withPhone({}, async (phone) => {
    const { page } = phone
    const { a, press, at, pick } = appealOf(phone)
    await phone.open()
    await phone.signIn(person)
    await phone.begin(person)
    await phone.face()
    await exhaustTries(phone)
    await phone.press('appealTitle')
    await at('newTitle')
    await press(a('begin'))
    await at('title')
    const [front, back, holding, video] = (
      await phone.ask('/v1/appeals/checklist', '/v1/appeals/checklist?failure=tries_exhausted')
    ).items.map(({ title }) => title)
    assert.ok(front && back && holding && video)

    await pick(front, 'page.jpg', 'image/jpeg', Buffer.from('<html><script>alert(1)</script>'))
    await page.getByRole('alert').waitFor()
    await press(a('remove', { item: front }))
    await page.getByRole('alert').waitFor({ state: 'detached' })

    const photo = await sample('photo.jpg')
    for (const item of [front, back, holding]) {
      await pick(item, 'photo.jpg', 'image/jpeg', photo)
      await page.getByRole('region', { name: item }).getByText(a('ready'), { exact: true }).waitFor()
      await page.getByRole('img', { name: item }).waitFor()
    }
    await checkAccessibility(page)
    await page.reload()
    await at('title')
    for (const item of [front, back, holding])
      await page.getByRole('region', { name: item }).getByText(a('ready'), { exact: true }).waitFor()
    await pick(video, 'video.mp4', 'video/mp4', await sample('short.mp4'))
    await page.getByRole('region', { name: video }).getByText(a('ready'), { exact: true }).waitFor()
    await page.getByLabel(a('contact')).fill(person.phone)
    await page.getByLabel(a('text'), { exact: true }).fill('照片是本人')
    await press(a('submit'))
    await page.getByText(a('state_submitted'), { exact: true }).waitFor()
    await at('title')
    await page.reload()
    await page.getByText(a('state_submitted'), { exact: true }).waitFor()
    await press(a('withdraw'))
    await page.getByText(a('state_withdrawn'), { exact: true }).waitFor()
  })
})

test('a person has the photos of their ID read, corrects a name, and may do without', async () => {
  const person = listed('02')
  await fixture.withPhone({}, async (phone) => {
    const { page } = phone
    const { a, press, at, pick } = appealOf(phone)
    await phone.open()
    await phone.signIn(person)
    await phone.begin(person)
    await phone.face()
    await exhaustTries(phone)
    await phone.press('appealTitle')
    await at('newTitle')
    await press(a('begin'))
    await at('title')
    const [front, back] = (
      await phone.ask('/v1/appeals/checklist', '/v1/appeals/checklist?failure=tries_exhausted')
    ).items.map(({ title }) => title)
    assert.ok(front && back)
    const send = async (item: string, side: 'front' | 'back', finding?: string) =>
      pick(item, `${side}.jpg`, 'image/jpeg', await fixture.sandbox.photo(person, side, finding))
    const region = (item: string) => page.getByRole('region', { name: item, exact: true })

    await send(front, 'front', 'misreads')
    await region(front).getByText(a('ready'), { exact: true }).waitFor()
    assert.equal(await page.getByText(a('readName'), { exact: true }).count(), 0, 'it was read without a consent')

    const agreement = page.getByRole('region', { name: a('readingTitle'), exact: true })
    assert.equal(await agreement.getByRole('checkbox').isChecked(), false)
    assert.equal(await page.getByRole('button', { name: a('readingAgree') }).isDisabled(), true)
    await phone.hands.check(agreement.getByRole('checkbox'))
    await press(a('readingAgree'))
    await region(front).getByText(a('readName'), { exact: true }).waitFor()
    assert.equal(await region(front).getByText(person.number).count(), 0, 'the number is not masked')
    await at('title')
    await page.getByLabel(a('correctName')).fill(person.name)
    await page.getByLabel(a('correctNumber')).fill(person.number)
    await press(a('confirm'))
    await page.getByText(a('confirmed', { time: '' }).trim().slice(0, 3)).waitFor()
    await page.reload()
    await region(front).getByText(a('readName'), { exact: true }).waitFor()
    assert.equal(await page.getByLabel(a('correctName')).count(), 0, 'what was confirmed is asked for again')

    await send(back, 'back', 'too_blurred')
    await region(back).getByText(a('faultLead')).waitFor()
    await at('title')
    await press(a('remove', { item: back }))
    await region(back).getByText(a('ready'), { exact: true }).waitFor({ state: 'detached' })
    await send(back, 'back', 'away')
    await region(back).getByText(a('notRead')).waitFor()
    await at('title')

    await press(a('readingWithdraw'))
    await page.getByText(a('readName'), { exact: true }).waitFor({ state: 'detached' })
    assert.equal(await region(front).getByText(a('ready'), { exact: true }).count(), 1, 'the photo is gone')
    await at('title')
    await press(a('withdraw'))
    await page.getByText(a('state_withdrawn'), { exact: true }).waitFor()
  })
})
