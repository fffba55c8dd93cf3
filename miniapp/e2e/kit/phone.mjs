// A phone with a browser in a person's hand. Everything is found as the person finds it: by role and by name.
import assert from 'node:assert/strict'
import { say } from './words.mjs'

/** The size of a small phone, in CSS pixels. */
export const size = { width: 375, height: 667 }

const locales = { 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW', en: 'en-US' }

/** What a browser does that keeps nothing for a page: it throws at a look, or at the first byte. */
const refusals = {
  off: () => {
    const refuse = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError')
    }
    for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name, { get: refuse })
  },
  full: () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    }
  },
}

/** Opens a browser with nothing remembered, in a language. `storage` is off or full where it keeps nothing. */
export async function newPhone(browser, world, { language = 'zh-Hans', elder = false, storage } = {}) {
  const context = await browser.newContext({ viewport: size, locale: locales[language], acceptDownloads: true })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  if (storage) await page.addInitScript(refusals[storage])
  if (elder) await page.addInitScript(() => sessionStorage.setItem('elder', '1'))
  return new Phone(page, context, world, language)
}

export class Phone {
  constructor(page, context, world, language) {
    Object.assign(this, { page, context, world, language, trouble: [], sent: [] })
    page.on('pageerror', (error) => this.trouble.push(error.message))
    page.on('request', (request) => {
      const { pathname, origin, protocol } = new URL(request.url())
      // The client asks no other host, and on its own nothing but /v1 and its files.
      const asks =
        !request.isNavigationRequest() && protocol.startsWith('http') && request.frame().url().startsWith(world.api)
      if (asks && (origin !== world.api || (request.resourceType() === 'fetch' && !pathname.startsWith('/v1/')))) {
        this.trouble.push(`asked ${request.url()}`)
      }
      if (pathname.startsWith('/v1/'))
        this.sent.push({ method: request.method(), path: pathname, key: request.headers()['idempotency-key'] })
    })
  }

  /** The client's text of now. */
  say(key, values) {
    return say(this.language, key, values)
  }

  heading(key) {
    return this.page.getByRole('heading', { level: 1, name: this.say(key), exact: true })
  }

  /** Waits for a screen, by its heading. */
  async at(key) {
    await this.heading(key).waitFor()
  }

  button(key) {
    return this.page.getByRole('button', { name: this.say(key), exact: true })
  }

  async press(key) {
    await this.button(key).click()
  }

  async back() {
    await this.page.getByRole('button', { name: this.say('back') }).click()
  }

  field(key) {
    return this.page.getByRole('textbox', { name: this.say(key), exact: true })
  }

  /** Waits for some words to stand on the screen. */
  async reads(words) {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor()
  }

  async open() {
    await this.page.goto(`${this.world.api}/`)
    await this.at('title')
  }

  /** Signs in as a person; the page of the channel lists some, and takes others too. */
  async signIn(person) {
    await this.press('signIn')
    const first = this.page.getByRole('button', { name: '扮演 Play' }).first()
    await first.evaluate((button, openID) => {
      button.value = openID
    }, person.openID)
    await first.click()
    await this.field('name').waitFor()
    await this.button('seeTodos').and(this.page.locator('[aria-disabled=false]')).waitFor()
  }

  async type({ name, number }) {
    await this.field('name').fill(name)
    await this.field('number').fill(number)
  }

  /** Reads and ticks everything that has to be; what was agreed to today is not asked again. */
  async consent() {
    const boxes = this.page.getByRole('checkbox')
    const next = this.button('agreeAndVerify')
    await boxes.or(next).filter({ visible: true }).first().waitFor()
    if (await next.isVisible()) return
    for (const box of await boxes.filter({ visible: true }).all()) await box.check()
    await this.press('agreeNext')
  }

  /** From the entry to the face. */
  async begin(person) {
    await this.type(person)
    await this.press('seeTodos')
    await this.consent()
    await this.at('identityTitle')
    await this.press('agreeAndVerify')
    await this.at('faceTitle')
  }

  /** Shows the face, another one, or leaves; the page leads back by itself. */
  async face(how = 'Show the face', again = 'faceStart') {
    await this.press(again)
    await this.page.getByRole('button', { name: how }).click()
  }

  async bankCard({ card, phone }) {
    await this.at('bankTitle')
    const kept = this.button('cardEdit') // after another try the number is masked
    if (await kept.isVisible()) await kept.click()
    await this.field('card').fill(card)
    await this.field('phone').fill(phone)
    await this.press('verify')
  }

  /** From a signed-in entry to the list. */
  async verify(person) {
    await this.begin(person)
    await this.face()
    await this.bankCard(person)
    await this.at('successTitle')
    await this.press('continue')
    await this.at('photoTitle')
    await this.press('seeTodos')
    await this.at('listTitle')
  }

  /** From the opened browser to the list. */
  async arrive(person) {
    await this.open()
    await this.signIn(person)
    await this.verify(person)
  }

  async openTodo() {
    await this.page
      .getByRole('button', { name: new RegExp(`^${this.say('confirmBusiness')} `) })
      .first()
      .click()
    await this.at('detailTitle')
  }

  /** From the detail to the signature. */
  async secondCheck() {
    await this.press('confirm')
    await this.consent()
    await this.at('identityAgain')
    await this.press('agreeAndVerify')
    await this.at('faceTitle')
    await this.face()
    await this.at('successTitle')
    await this.press('continue')
    await this.at('signTitle')
  }

  pad() {
    return this.page.getByRole('img', { name: this.say('padLabel') })
  }

  /** Writes a cross by hand: two strokes. */
  async sign() {
    const pad = this.pad()
    await pad.scrollIntoViewIfNeeded()
    const { x, y, width, height } = await pad.boundingBox()
    for (const [from, to] of [
      [0.2, 0.8],
      [0.8, 0.2],
    ]) {
      const { mouse } = this.page
      await mouse.move(x + width * from, y + height * 0.2)
      await mouse.down()
      await mouse.move(x + width * to, y + height * 0.8, { steps: 12 })
      await mouse.up()
    }
  }

  /** Waits for a failure: why, what helps up to window and support, and how many tries are left where that is said. */
  async fails(code, left) {
    this.catalogue ??= await this.failures()
    const failure = this.catalogue.find((one) => one.code === code)
    await this.page.getByRole('heading', { level: 1, name: failure.prompt }).waitFor()
    const shown = await this.page
      .getByRole('region', { name: this.say('whatToDo') })
      .getByRole('listitem')
      .allInnerTexts()
    assert.ok(shown.length >= 2 && shown.every(Boolean), `${code}: remedies are missing: ${shown}`)
    assert.equal(shown[0].trim(), failure.remedies[0].text, `${code}: the first remedy is another one`)
    if (left !== undefined) await this.reads(this.say('triesLeft', { n: left }))
    if (failure.retryable && !failure.counted) await this.reads(this.say('notCounted'))
    await this.button('supportTitle').waitFor()
  }

  async failures() {
    const reply = await this.page.request.get(`${this.world.api}/v1/failures`, {
      headers: { 'Accept-Language': this.language },
    })
    return (await reply.json()).failures
  }

  /** How often something was asked of the server since a moment, a repetition with the same key counting once. */
  keysOf(method, path) {
    return new Set(this.sent.filter((one) => one.method === method && path.test(one.path)).map(({ key }) => key)).size
  }

  /** The API as this browser is allowed to ask it: the session is a cookie that no script reads. */
  async ask(path) {
    const { status, text } = await this.page.evaluate(async (asked) => {
      const reply = await fetch(asked, { cache: 'no-store' })
      return { status: reply.status, text: await reply.text() }
    }, path)
    assert.equal(status, 200, `${path}: ${text}`)
    return JSON.parse(text)
  }

  /** Puts the phone away; a script that broke on the way breaks the test. */
  async close() {
    await this.context.close()
    assert.deepEqual(this.trouble, [])
  }
}
