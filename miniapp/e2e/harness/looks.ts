// The looks in which every story is played: sizes, themes, ways to operate, and browsers that lack something.
import type { BrowserContextOptions, Page } from 'playwright-core'

export interface Look {
  viewport: { width: number; height: number }
  /** Device pixels for each CSS pixel. */
  scale?: number
  dark?: boolean | undefined
  elder?: boolean
  /** Operates by the keyboard instead of the pointer. */
  keyboard?: boolean
  /** Whether the browser stores nothing for a page. */
  storageOff?: boolean
  /** Whether the network is slow: 400 ms before each response, and 50 KB/s. */
  slow?: boolean
}

/** The size of a small phone, in CSS pixels. */
export const size = { width: 375, height: 667 }

const desktop = { width: 1280, height: 800 }

export const looks = {
  phone: { viewport: size },
  desktop: { viewport: desktop },
  dark: { viewport: size, dark: true },
  elder: { viewport: size, elder: true },
  '320px': { viewport: { width: 320, height: 568 } },
  // A browser that is zoomed to 200 % has half as many CSS pixels, each twice as large.
  zoom: { viewport: { width: desktop.width / 2, height: desktop.height / 2 }, scale: 2 },
  keyboard: { viewport: desktop, keyboard: true },
  'no-storage': { viewport: size, storageOff: true },
  slow: { viewport: size, slow: true },
} satisfies Record<string, Look>

export type LookName = keyof typeof looks

export const lookNames = Object.keys(looks) as LookName[]

const isLook = (name: string): name is LookName => name in looks

/** The look of this run. E2E_LOOK names it. */
export const lookName = ((name = process.env.E2E_LOOK ?? 'phone') => {
  if (!isLook(name)) throw new Error(`E2E_LOOK must be one of: ${lookNames.join(', ')}`)
  return name
})()

export const look: Look = looks[lookName]

/** Returns the options of node:test for a story: it is skipped if this look lacks what the story needs. */
export function needs(...needed: ('storage' | 'pointer' | 'phone')[]): { skip: string | false } {
  const lacks = { storage: look.storageOff, pointer: look.keyboard, phone: lookName !== 'phone' }
  const reason = needed.find((one) => lacks[one])
  return { skip: reason ? `${lookName} has no ${reason}` : false }
}

export const contextOptions = ({ viewport, scale = 1, dark = false }: Look): BrowserContextOptions => ({
  viewport,
  deviceScaleFactor: scale,
  colorScheme: dark ? 'dark' : 'light',
})

/** Makes the network of a page slow. Returns what switches it off and on again, and leaves it slow. */
export async function slowDown(page: Page): Promise<(offline: boolean) => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  const bytesPerSecond = 50 * 1024
  const set = async (offline: boolean) => {
    await devtools.send('Network.emulateNetworkConditions', {
      offline,
      latency: 400,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    })
  }
  await devtools.send('Network.enable')
  await set(false)
  return set
}
