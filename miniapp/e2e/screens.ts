// Takes a picture of every screen in every language, in large type, in the dark theme and on a desktop, for docs/screens.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { launch } from './harness/browser'
import { detours } from './harness/detours'
import { looks } from './harness/looks'
import { newPhone, type PhoneOptions } from './harness/new-phone'
import type { Phone } from './harness/phone'
import { startSandbox } from './harness/sandbox'
import { tour } from './harness/tour'

const folder = fileURLToPath(new URL('../../docs/screens', import.meta.url))

const series: [name: string, options: PhoneOptions][] = [
  ['zh-Hans', {}],
  ['zh-Hant', { language: 'zh-Hant' }],
  ['en', { language: 'en' }],
  ['elder', { elder: true }],
  ['dark', { dark: true }],
  ['desktop', { viewport: looks.desktop.viewport }],
]

const sandbox = await startSandbox()
const browser = await launch()
try {
  const asked = process.argv.slice(2) // all of them if none is named
  for (const [name, options] of series) if (!asked.length || asked.includes(name)) await photograph(name, options)
} finally {
  await browser.close()
  await sandbox.stop()
}

/** Reduces a screenshot to a palette of 16 colours, which are enough for screens and simulated portraits. */
function smaller(png: Buffer): Promise<Buffer> {
  return sharp(png).png({ palette: true, colours: 16, dither: 0, compressionLevel: 9, effort: 10 }).toBuffer()
}

/** Returns a picture of the whole screen, including what has to be scrolled to. */
async function whole(page: Page): Promise<Buffer> {
  const height = await page.evaluate(() =>
    document.querySelector('.pad.large')
      ? 0
      : Math.max(...[...document.querySelectorAll('.page')].map((one) => one.scrollHeight)),
  )
  const size = page.viewportSize() ?? looks.phone.viewport
  await page.setViewportSize({ width: size.width, height: Math.max(height, size.height) })
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  await page.setViewportSize(size)
  return picture
}

async function photograph(name: string, options: PhoneOptions): Promise<void> {
  const pictures = join(folder, name)
  await rm(pictures, { recursive: true, force: true })
  await mkdir(pictures, { recursive: true })
  let count = 0
  const look = async (phone: Phone, screen: string) => {
    count += 1
    const picture = await whole(phone.page)
    await writeFile(join(pictures, `${String(count).padStart(2, '0')}-${screen}.png`), await smaller(picture))
  }
  const lend = async (use: (phone: Phone) => Promise<void>) => {
    const phone = await newPhone(browser, sandbox, options)
    await use(phone)
    await phone.close()
  }
  await lend((phone) => tour(phone, sandbox, (screen) => look(phone, screen)))
  await detours(lend, look)
  process.stdout.write(`${name}: ${count} screens\n`)
}
