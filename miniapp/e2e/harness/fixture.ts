// The fixture of a test file: one sandbox, one browser, and a phone for each test.
import { after, before } from 'node:test'
import type { Browser } from 'playwright-core'
import { launch } from './browser'
import { newPhone, type PhoneOptions } from './new-phone'
import type { Phone } from './phone'
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox'

export interface Fixture {
  readonly sandbox: Sandbox
  /** Lends a phone for as long as `use` runs. If `use` fails, the error shows what was on the screen. */
  withPhone(options: PhoneOptions, use: (phone: Phone) => Promise<void>): Promise<void>
}

/** Starts the fixture before the tests of a file, and stops it after them. */
export function createFixture(options: SandboxOptions = {}): Fixture {
  let browser: Browser | undefined
  let sandbox: Sandbox | undefined
  const running = () => {
    if (!browser || !sandbox) throw new Error('the fixture is available in tests only')
    return { browser, sandbox }
  }
  before(async () => {
    browser = await launch()
    sandbox = await startSandbox(options)
  })
  after(async () => {
    await browser?.close()
    await sandbox?.stop()
  })
  return {
    get sandbox() {
      return running().sandbox
    },
    async withPhone(options, use) {
      const { browser, sandbox } = running()
      const phone = await newPhone(browser, sandbox, options)
      try {
        await use(phone)
      } catch (error) {
        if (error instanceof Error) error.stack += await describeScreen(phone)
        await phone.context.close()
        throw error
      }
      await phone.close()
    },
  }
}

/** What the person saw when a test failed. */
async function describeScreen({ page, errors }: Phone): Promise<string> {
  const text = await page
    .locator('body')
    .innerText()
    .catch(() => '')
  return `\n--- at ${page.url()}\n${text.slice(0, 1500)}\n--- scripts: ${errors.join('; ') || 'no errors'}`
}
