// The screen of a phone. Everything on it is found as a person finds it: by role and by name.
import type { Locator, Page } from 'playwright-core'
import { type Key, translate } from '../../src/strings'
import type { Language } from '../../src/strings/table'
import { checkAccessibility } from './axe'
import type { Hands } from './hands'

export class Screen {
  constructor(
    readonly page: Page,
    public language: Language,
    readonly hands: Hands,
  ) {}

  /** Returns a text of the client in the language of the screen. */
  t(key: Key, values?: Readonly<Record<string, string | number>>): string {
    return translate(this.language, key, values)
  }

  heading(key: Key): Locator {
    return this.page.getByRole('heading', { level: 1, name: this.t(key), exact: true })
  }

  /** Waits for a screen, by its heading, and checks that everyone can use it. */
  async at(key: Key): Promise<void> {
    await this.heading(key).waitFor()
    await checkAccessibility(this.page)
  }

  button(key: Key): Locator {
    return this.page.getByRole('button', { name: this.t(key), exact: true })
  }

  async press(key: Key): Promise<void> {
    await this.hands.press(this.button(key))
  }

  async back(): Promise<void> {
    await this.hands.press(this.page.getByRole('button', { name: this.t('back') }))
  }

  field(key: Key): Locator {
    return this.page.getByRole('textbox', { name: this.t(key), exact: true })
  }

  /** A field for a day. Browsers give it no role. */
  dateField(key: Key): Locator {
    return this.page.getByLabel(this.t(key), { exact: true }).filter({ visible: true })
  }

  /** Waits for a text on the screen. */
  async reads(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).filter({ visible: true }).first().waitFor()
  }
}

/** Returns the position of an element that is on the screen. */
export async function boxOf(element: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await element.boundingBox()
  if (!box) throw new Error(`${element} is not on the screen`)
  return box
}
