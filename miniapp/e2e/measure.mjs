// What the first screen costs: bytes over the wire, and time until a person can press, on a phone four times slower than this machine.
import { launch } from './kit/browser.mjs'
import { newPhone } from './kit/phone.mjs'
import { startWorld } from './kit/world.mjs'

const rounds = 9
const slower = 4

const world = await startWorld()
const browser = await launch()
try {
  const runs = []
  for (let round = 0; round < rounds; round++) runs.push(await firstScreen())
  const times = runs.map(({ time }) => time).sort((a, b) => a - b)
  const { bytes, files } = runs[0]
  process.stdout.write(
    [
      `first screen: ${files} files, ${(bytes / 1024).toFixed(1)} KiB as sent, gzipped (wanted: under 250 KiB)`,
      `usable at ${slower}x slower processor: median ${times[rounds >> 1].toFixed(0)} ms, ${times[0].toFixed(0)} to ${times[rounds - 1].toFixed(0)} ms (wanted: under 1000 ms)`,
      '',
    ].join('\n'),
  )
} finally {
  await browser.close()
  await world.stop()
}

/** Opens the client with nothing in the cache; usable is when the one main button stands there and listens. */
async function firstScreen() {
  const phone = await newPhone(browser, world)
  const devtools = await phone.context.newCDPSession(phone.page)
  await devtools.send('Network.enable')
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  let bytes = 0
  let files = 0
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
    files += 1
  })
  await phone.page.addInitScript((name) => {
    const watch = () => {
      const ready = [...document.querySelectorAll('button')].some((one) => one.textContent === name)
      // Two frames: the first draws it, the second proves that the page is not busy any more.
      if (ready)
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            window.usable = performance.now()
          }),
        )
      else requestAnimationFrame(watch)
    }
    watch()
  }, phone.say('signIn'))
  await phone.page.goto(`${world.api}/`, { waitUntil: 'commit' })
  await phone.page.waitForFunction(() => window.usable)
  const time = await phone.page.evaluate(() => window.usable)
  await phone.close()
  return { time, bytes, files }
}
