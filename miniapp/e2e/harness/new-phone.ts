// How a phone is opened: its language, its look, and what its browser does not give.
import type { Browser } from 'playwright-core'
import type { Language } from '../../src/strings/table'
import { keyboardOf, pointer } from './hands'
import { contextOptions, look, slowDown } from './looks'
import { Phone } from './phone'
import type { Sandbox } from './sandbox'

const locales: Record<Language, string> = { 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW', en: 'en-US' }

/** Browsers that store nothing for a page throw when storage is read, or when it is written. */
const brokenStorage = {
  off: () => {
    const deny = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError')
    }
    for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name, { get: deny })
  },
  full: () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    }
  },
}

export interface PhoneOptions {
  language?: Language
  elder?: boolean
  /** Whether the device has a dark theme. */
  dark?: boolean
  /** How the browser's storage is broken, if it is. */
  storage?: keyof typeof brokenStorage
  /** Whether everything is done by the keyboard. */
  keyboard?: boolean
  /** The size of the screen, in CSS pixels. */
  viewport?: { width: number; height: number }
}

/** Chooses large type once, as a person would: what the client deletes later stays deleted. */
const chooseElder = () => {
  const chosen = 'elder was chosen'
  if (window.name === chosen) return
  try {
    sessionStorage.setItem('elder', '1')
    window.name = chosen
  } catch {
    // An error page of the browser has no storage, and a full one takes nothing.
  }
}

/** Opens a browser that has stored nothing yet. The look of this run decides what is not given. */
export async function newPhone(
  browser: Browser,
  sandbox: Sandbox,
  { language = 'zh-Hans', ...options }: PhoneOptions = {},
): Promise<Phone> {
  const { elder = look.elder, dark = look.dark, keyboard = look.keyboard, viewport = look.viewport } = options
  const { storage = look.storageOff ? 'off' : undefined } = options
  const context = await browser.newContext({
    ...contextOptions({ ...look, dark, viewport }),
    locale: locales[language],
    acceptDownloads: true,
  })
  context.setDefaultTimeout(look.slow ? 30_000 : 10_000)
  // The TypeScript loader wraps functions in a helper, which functions that run in the page do not find there.
  await context.addInitScript('globalThis.__name ??= (fn) => fn')
  const page = await context.newPage()
  const setOffline = look.slow ? await slowDown(page) : (offline: boolean) => context.setOffline(offline)
  if (storage) await page.addInitScript(brokenStorage[storage])
  if (elder && storage !== 'off') await page.addInitScript(chooseElder)
  return new Phone(page, context, sandbox, language, keyboard ? keyboardOf(page) : pointer, setOffline)
}
