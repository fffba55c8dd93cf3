// What every file of tests stands on: one world, one browser, a phone for each test.
import { after, before } from 'node:test'
import { launch } from './browser.mjs'
import { newPhone } from './phone.mjs'
import { startWorld } from './world.mjs'

/** Gives what is there once the tests run: `world`, and `phone`, which lends one for as long as a test lasts. */
export function stage() {
  const on = {
    async phone(options, use) {
      const phone = await newPhone(on.browser, on.world, options)
      try {
        await use(phone)
      } catch (error) {
        error.stack += await sceneOf(phone)
        await phone.context.close()
        throw error
      }
      await phone.close()
    },
  }
  before(async () => {
    on.world = await startWorld()
    on.browser = await launch()
  })
  after(async () => {
    await on.browser?.close()
    await on.world?.stop()
  })
  return on
}

/** What the person saw when a test failed. */
async function sceneOf({ page, trouble }) {
  const text = await page
    .locator('body')
    .innerText()
    .catch(() => '')
  return `\n--- at ${page.url()}\n${text.slice(0, 1500)}\n--- scripts: ${trouble.join('; ') || 'no errors'}`
}
