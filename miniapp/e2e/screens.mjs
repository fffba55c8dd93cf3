// Pictures of every screen, in every language and in large type, for people to look at: docs/screens.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch } from './kit/browser.mjs'
import { newPhone, size } from './kit/phone.mjs'
import { smaller } from './kit/png.mjs'
import { detours, tour } from './kit/tour.mjs'
import { startWorld } from './kit/world.mjs'

const folder = fileURLToPath(new URL('../../docs/screens', import.meta.url))

const looks = [
  ['zh-Hans', {}],
  ['zh-Hant', { language: 'zh-Hant' }],
  ['en', { language: 'en' }],
  ['elder', { elder: true }],
]

const world = await startWorld()
const browser = await launch()
try {
  const asked = process.argv.slice(2) // all where none is named
  for (const [name, options] of looks) if (!asked.length || asked.includes(name)) await photograph(name, options)
} finally {
  await browser.close()
  await world.stop()
}

/** A picture of all that can be scrolled to. */
async function whole(page) {
  const height = await page.evaluate(() =>
    document.querySelector('.pad.large')
      ? 0
      : Math.max(...[...document.querySelectorAll('.page')].map((one) => one.scrollHeight)),
  )
  await page.setViewportSize({ width: size.width, height: Math.max(height, size.height) })
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  await page.setViewportSize(size)
  return picture
}

async function photograph(name, options) {
  const pictures = join(folder, name)
  await rm(pictures, { recursive: true, force: true })
  await mkdir(pictures, { recursive: true })
  let count = 0
  const look = async (phone, screen) => {
    count += 1
    const picture = await whole(phone.page)
    await writeFile(join(pictures, `${String(count).padStart(2, '0')}-${screen}.png`), smaller(picture))
  }
  const lend = async (use) => {
    const phone = await newPhone(browser, world, options)
    await use(phone)
    await phone.close()
  }
  await lend((phone) => tour(phone, world, (screen) => look(phone, screen)))
  await detours(lend, look)
  process.stdout.write(`${name}: ${count} screens\n`)
}
