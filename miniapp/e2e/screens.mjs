// Pictures of every screen, in every language and in large type, for people to look at: docs/screens.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch } from './kit/browser.mjs'
import { newPhone } from './kit/phone.mjs'
import { smaller } from './kit/png.mjs'
import { detours, tour } from './kit/tour.mjs'
import { startWorld } from './kit/world.mjs'

const folder = fileURLToPath(new URL('../../docs/screens', import.meta.url))

const looks = [
  ['zh-Hans', {}], ['zh-Hant', { language: 'zh-Hant' }], ['en', { language: 'en' }], ['elder', { elder: true }],
]

const world = await startWorld()
const browser = await launch()
try {
  for (const [name, options] of looks) await photograph(name, options)
} finally {
  await browser.close()
  await world.stop()
}

async function photograph(name, options) {
  const pictures = join(folder, name)
  await rm(pictures, { recursive: true, force: true })
  await mkdir(pictures, { recursive: true })
  let count = 0
  const look = async (phone, screen) => {
    count += 1
    const picture = await phone.page.screenshot({ fullPage: true, animations: 'disabled', caret: 'hide' })
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
