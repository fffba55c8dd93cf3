// Accessibility: languages, large type, keyboard, screen readers.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkAccessibility } from '../harness/axe'
import { detours } from '../harness/detours'
import { createFixture } from '../harness/fixture'
import { needs } from '../harness/looks'
import type { PhoneOptions } from '../harness/new-phone'
import { somebody } from '../harness/people'
import type { Phone } from '../harness/phone'
import { tour } from '../harness/tour'

const fixture = createFixture()
/** Characters that must not occur in other languages. Names and contents are data and stay unchanged. */
const simplifiedOnly = /[请认证业务录单]/

async function looked(options: PhoneOptions) {
  const found: string[] = []
  const look = async (phone: Phone, name: string) => {
    await checkAccessibility(phone.page).catch((error: Error) => found.push(`${name}: ${error.message}`))
  }
  await fixture.withPhone(options, (phone) => tour(phone, fixture.sandbox, (name) => look(phone, name)))
  await detours((use) => fixture.withPhone(options, use), look)
  assert.deepEqual(found, [])
}

describe('on every screen nothing serious is wrong, and nothing is wider than the phone', { concurrency: 3 }, () => {
  test('in simplified characters', () => looked({}))
  test('in traditional characters and the dark theme', () => looked({ language: 'zh-Hant', dark: true }))
  test('in English and large type, where words are longest', () => looked({ language: 'en', elder: true }))
})

describe('everyone gets through', { concurrency: 3 }, () => {
  test('by the keyboard alone', async () => {
    const person = somebody()
    await fixture.sandbox.push(person)
    await fixture.withPhone({ keyboard: true }, async (phone) => {
      await phone.open()
      // Who cannot write is led to the service window before anything else.
      await phone.hands.press(phone.page.locator('summary').filter({ hasText: phone.t('cannotWrite') }))
      await phone.reads(phone.t('cannotWriteLead'))
      await phone.reads(phone.t('window'))
      await phone.signIn(person)
      await phone.verify(person)
      await phone.openTodo()
      await phone.press('notMine') // a signature cannot be drawn with the keyboard, but declining needs none
      await phone.at('refuseTitle')
      await phone.hands.check(phone.page.getByRole('radio').first())
      await phone.press('refuseSubmit')
      await phone.at('refusedTitle')
      const { confirmations } = await phone.ask('/v1/confirmations')
      assert.deepEqual(
        confirmations.map(({ decision }) => decision),
        ['refused'],
      )
    })
  })

  test('under the name and the logo of the authority', async () => {
    await fixture.withPhone({ language: 'zh-Hant' }, async (phone) => {
      await phone.open()
      await phone.reads('樣例市市場監督管理局（模擬）')
      await phone.page.waitForFunction(
        () => (document.querySelector('header img') as HTMLImageElement)?.naturalWidth > 0,
      )
    })
  })

  test('with the focus on the heading of each new screen, which a reader reads out', async () => {
    await fixture.withPhone({}, async (phone) => {
      const person = somebody()
      await phone.open()
      await phone.signIn(person)
      await phone.type(person)
      await phone.press('seeTodos')
      await phone.at('noticesTitle')
      const focused = () => phone.page.evaluate(() => document.activeElement?.textContent)
      assert.equal(await focused(), '请阅读并勾选')
      assert.equal(await phone.page.title(), '请阅读并勾选')
      await phone.back()
      await phone.at('title')
      assert.equal(await phone.page.title(), '登记注册身份验证')
    })
  })

  for (const language of ['zh-Hant', 'en'] as const) {
    test(`in ${language}, from the entry to the receipt`, async () => {
      const person = somebody()
      await fixture.sandbox.push(person)
      await fixture.withPhone({ language }, async (phone) => {
        await phone.arrive(person)
        assert.equal(await phone.page.locator('html').getAttribute('lang'), language)
        await phone.openTodo()
        await phone.secondCheck()
        await phone.sign()
        await phone.press('confirm')
        await phone.at('doneTitle')
        const words = await phone.page.locator('main:visible').innerText()
        assert.doesNotMatch(words.replace(/.*（模拟）.*|股东/g, ''), simplifiedOnly, words)
        await phone.press('showReceipt')
        await phone.at('recordTitle')
      })
    })
  }

  test('who changes the language on the way, and what the server says follows', needs('storage'), async () => {
    const person = somebody('03')
    await fixture.withPhone({}, async (phone) => {
      await phone.open()
      await phone.switchToEnglish()
      await phone.at('title')
      await phone.signIn(person)
      await phone.begin(person)
      await phone.face()
      await phone.fails('face_no_record')
    })
  })

  test('in large type, which stays after a reload', needs('storage'), async () => {
    await fixture.withPhone({ elder: false }, async (phone) => {
      await phone.open()
      // A page that is just being replaced has no computed size, so the size of the page that stays is awaited.
      const size = async () => {
        const found = await phone.page.waitForFunction(() => {
          const main = [...document.querySelectorAll('main')].find((shown) => shown.checkVisibility())
          return main && parseFloat(getComputedStyle(main).fontSize)
        })
        return (await found.jsonValue()) ?? 0
      }
      const before = await size()
      await phone.press('elderOn')
      assert.ok((await size()) >= 1.25 * before, `got ${await size()} after ${before}`)
      await phone.page.reload()
      await phone.button('elderOff').waitFor()
      assert.ok((await size()) >= 1.25 * before)
    })
  })
})

describe('technical support', () => {
  test('is there before anybody signs in, with a code to scan and to save', async () => {
    await fixture.withPhone({}, async (phone) => {
      await phone.open()
      await phone.press('supportLink')
      const code = phone.page.getByRole('img', { name: '技术支持二维码' })
      await code.waitFor()
      assert.ok((await code.evaluate((image) => (image as HTMLImageElement).naturalWidth)) > 0)
      const [file] = await Promise.all([phone.page.waitForEvent('download'), phone.press('saveQR')])
      assert.equal(file.suggestedFilename(), 'support.png')
      await phone.reads('已保存')
    })
  })

  test('answers questions by the words that are looked for', async () => {
    await fixture.withPhone({}, async (phone) => {
      await phone.open()
      await phone.press('supportLink')
      await phone.at('supportTitle')
      await phone.press('faqTitle')
      const groups = phone.page.getByRole('group').filter({ visible: true })
      await groups.first().waitFor()
      const all = await groups.count()
      await phone.hands.fill(phone.field('search'), '验证码')
      await phone.press('search')
      await phone.page
        .getByRole('status')
        .filter({ hasText: /^找到 \d+ 条$/, hasNotText: `找到 ${all} 条`, visible: true })
        .waitFor()
      await groups.first().waitFor()
      const some = await groups.count()
      assert.ok(some > 0 && some < all, `found ${some} of ${all}`)
      await phone.hands.press(groups.first().locator('summary'))
      assert.match(await groups.first().innerText(), /验证码/)
      await phone.hands.fill(phone.field('search'), 'zzzzqq')
      await phone.press('search')
      await phone.reads('没有找到，请联系技术支持。')
    })
  })
})
