// A phone with a browser, and what a person does there.
import assert from 'node:assert/strict'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { Answer, Failure, Path } from '../../src/api/types'
import type { Key } from '../../src/strings'
import type { Language } from '../../src/strings/table'
import { checkAccessibility } from './axe'
import type { Hands } from './hands'
import type { Person, Traveller } from './people'
import type { Sandbox } from './sandbox'
import { boxOf, Screen } from './screen'

interface SentCall {
  method: string
  path: string
  key: string | undefined
}

export class Phone extends Screen {
  /** Errors of scripts, and requests that the client must not make. */
  readonly errors: string[] = []
  /** The calls of the API, in order. */
  readonly sent: SentCall[] = []
  private catalogue: Failure[] | undefined

  constructor(
    page: Page,
    readonly context: BrowserContext,
    readonly sandbox: Sandbox,
    language: Language,
    hands: Hands,
    /** Switches the network off, or on again. */
    readonly setOffline: (offline: boolean) => Promise<void>,
  ) {
    super(page, language, hands)
    page.on('pageerror', (error) => this.errors.push(error.message))
    page.on('request', (request) => {
      const { pathname, origin, protocol } = new URL(request.url())
      // The client asks no other host, and on its own nothing but /v1, the keys of receipts and its files.
      const asks =
        !request.isNavigationRequest() && protocol.startsWith('http') && request.frame().url().startsWith(sandbox.api)
      if (
        asks &&
        (origin !== sandbox.api ||
          (request.resourceType() === 'fetch' && !/^\/(v1\/|\.well-known\/jwks\.json$)/.test(pathname)))
      ) {
        this.errors.push(`asked ${request.url()}`)
      }
      if (pathname.startsWith('/v1/'))
        this.sent.push({ method: request.method(), path: pathname, key: request.headers()['idempotency-key'] })
    })
  }

  /** Chooses English on the screen. */
  async switchToEnglish(): Promise<void> {
    await this.hands.press(this.page.getByRole('button', { name: 'English' }))
    this.language = 'en'
    this.catalogue = undefined
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.sandbox.api}/`)
    await this.at('title')
  }

  /** Signs in as a person. The page of the channel lists some persons and accepts others too. */
  async signIn(person: Traveller): Promise<void> {
    await this.press('signIn')
    const first = this.page.getByRole('button', { name: '扮演 Play' }).first()
    await first.evaluate((button, openID) => {
      ;(button as HTMLButtonElement).value = openID
    }, person.openID)
    await this.hands.press(first)
    await this.field('name').waitFor()
    await this.button('seeTodos').and(this.page.locator('[aria-disabled=false]')).waitFor()
  }

  async type({ name, number }: Pick<Traveller, 'name' | 'number'>): Promise<void> {
    await this.hands.fill(this.field('name'), name)
    await this.hands.fill(this.field('number'), number)
  }

  /** Ticks every notice that requires consent. Notices with a valid consent are not shown again. */
  async consent(): Promise<void> {
    const boxes = this.page.getByRole('checkbox')
    const next = this.button('agreeAndVerify')
    await boxes.or(next).filter({ visible: true }).first().waitFor()
    if (await next.isVisible()) return
    for (const box of await boxes.filter({ visible: true }).all()) await this.hands.check(box)
    await this.press('agreeNext')
  }

  /** Goes from the entry to the face check. */
  async begin(person: Pick<Traveller, 'name' | 'number'>): Promise<void> {
    await this.type(person)
    await this.press('seeTodos')
    await this.consent()
    await this.at('identityTitle')
    await this.press('agreeAndVerify')
    await this.at('faceTitle')
  }

  /** Shows the face or another one, or cancels. The page leads back by itself. */
  async face(how = 'Show the face', again: Key = 'faceStart'): Promise<void> {
    await this.press(again)
    await this.hands.press(this.page.getByRole('button', { name: how }))
  }

  async bankCard({ card, phone }: Pick<Person, 'card' | 'phone'>): Promise<void> {
    await this.at('bankTitle')
    const kept = this.button('cardEdit') // after another try the number is masked
    if (await kept.isVisible()) await this.hands.press(kept)
    await this.hands.fill(this.field('card'), card)
    await this.hands.fill(this.field('phone'), phone)
    await this.press('verify')
  }

  /** Goes from the entry, signed in, to the list. */
  async verify(person: Person): Promise<void> {
    await this.begin(person)
    await this.face()
    await this.bankCard(person)
    await this.at('successTitle')
    await this.press('continue')
    await this.at('photoTitle')
    await this.press('seeTodos')
    await this.at('listTitle')
  }

  /** Opens the client, signs in and goes to the list. */
  async arrive(person: Person): Promise<void> {
    await this.open()
    await this.signIn(person)
    await this.verify(person)
  }

  async openTodo(): Promise<void> {
    await this.hands.press(
      this.page.getByRole('button', { name: new RegExp(`^${this.t('confirmBusiness')} `) }).first(),
    )
    await this.at('detailTitle')
  }

  /** Goes from the detail to the signature. */
  async secondCheck(): Promise<void> {
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

  pad(): Locator {
    return this.page.getByRole('img', { name: this.t('padLabel') })
  }

  /** Draws a cross on the signature pad: two strokes. Without a pointer, goes to the service window instead. */
  async sign(): Promise<void> {
    await this.reads(this.t('padHelp'))
    const pad = this.pad()
    await pad.scrollIntoViewIfNeeded()
    const { x, y, width, height } = await boxOf(pad)
    for (const [from, to] of [
      [0.2, 0.8],
      [0.8, 0.2],
    ] as const) {
      const { mouse } = this.page
      await mouse.move(x + width * from, y + height * 0.2)
      await mouse.down()
      await mouse.move(x + width * to, y + height * 0.8, { steps: 12 })
      await mouse.up()
    }
  }

  /** Returns what the page has stored in the browser, where it can store anything. */
  stored(): Promise<[name: string, value: string][]> {
    return this.page.evaluate(() => {
      const read = (storage: () => Storage) => {
        try {
          return Object.entries<string>({ ...storage() })
        } catch {
          return []
        }
      }
      return [...read(() => sessionStorage), ...read(() => localStorage)]
    })
  }

  /** Returns the catalogue's entry of a failure, in the language of the screen. */
  async failure(code: string): Promise<Failure> {
    this.catalogue ??= await this.failures()
    const failure = this.catalogue.find((one) => one.code === code)
    if (!failure) throw new Error(`the catalogue has no failure ${code}`)
    return failure
  }

  /**
   * Waits for a failure and its remedies. The screen says how many tries are left only if the failure used one up and
   * another one is offered. That no try was used is said once, by the catalogue's own text.
   */
  async fails(code: string, left?: number): Promise<void> {
    const failure = await this.failure(code)
    await this.page.getByRole('heading', { level: 1, name: failure.prompt }).waitFor()
    await checkAccessibility(this.page)
    const shown = await this.page
      .getByRole('region', { name: this.t('whatToDo') })
      .getByRole('listitem')
      .allInnerTexts()
    assert.ok(shown.length >= 2 && shown.every(Boolean), `${code}: remedies are missing: ${shown}`)
    assert.equal(shown[0]?.trim(), failure.remedies[0]?.text, `${code}: the first remedy is another one`)
    await this.button('supportTitle').waitFor()
    const offered = this.button('tryAgain').or(this.button('correct')).filter({ visible: true })
    const tries = this.page.getByText(new RegExp(this.t('triesLeft', { n: '\\d+' }))).filter({ visible: true })
    if (!failure.counted || (await offered.count()) === 0)
      assert.equal(await tries.count(), 0, `${code}: tries are shown`)
    else if (left !== undefined) await this.reads(this.t('triesLeft', { n: left }))
  }

  private async failures(): Promise<Failure[]> {
    const reply = await this.page.request.get(`${this.sandbox.api}/v1/failures`, {
      headers: { 'Accept-Language': this.language },
    })
    return ((await reply.json()) as { failures: Failure[] }).failures
  }

  /** Returns the number of calls with different keys, so that retries count once. */
  keysOf(method: string, path: RegExp): number {
    return new Set(this.sent.filter((one) => one.method === method && path.test(one.path)).map(({ key }) => key)).size
  }

  /** Reads a document of the API in the name of the session, whose cookie no script can read. */
  async ask<P extends Path>(path: P, url: string = path): Promise<Answer<P, 'get'>> {
    const { status, text } = await this.page.evaluate(async (asked) => {
      const reply = await fetch(asked, { cache: 'no-store' })
      return { status: reply.status, text: await reply.text() }
    }, url)
    assert.equal(status, 200, `${url}: ${text}`)
    return JSON.parse(text) as Answer<P, 'get'>
  }

  /** Closes the browser. Fails if a script of the page failed. */
  async close(): Promise<void> {
    await this.context.close()
    assert.deepEqual(this.errors, [])
  }
}
