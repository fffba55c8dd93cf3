// Looks at pages of the console with a real browser: axe, nothing wider than the screen, no message on the browser's console, light, dark and narrow.
//
//   node scripts/console-pages.mjs FOLDER [PICTURES]
//
// FOLDER has the pages that tests wrote (CONSOLE_PAGES=FOLDER go test ./console ./bff). PICTURES is where pictures go, if it is given.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const root = new URL('..', import.meta.url).pathname
const require = createRequire(join(root, 'miniapp/package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const style = readFileSync(join(root, 'console/static/style.css'))
const script = readFileSync(join(root, 'console/static/pad.js'))
const photo = readFileSync(join(root, 'material/testdata/photo.jpg'))
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const [folder, pictures] = process.argv.slice(2)
const place = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((one) => one && existsSync(one))
if (!folder || !place) throw new Error(folder ? 'there is no Chromium' : 'usage: console-pages.mjs FOLDER [PICTURES]')

const looks = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 390, height: 800 } },
]
const files = readdirSync(folder).filter((name) => name.endsWith('.html')).sort()
const browser = await chromium.launch({ executablePath: place, args: ['--no-sandbox'] })
let findings = 0
const report = (name, look, text) => {
  findings++
  console.error(`${name} (${look}): ${text}`)
}
for (const look of looks) {
  const context = await browser.newContext({ colorScheme: look.colorScheme, viewport: look.viewport, reducedMotion: 'reduce' })
  const page = await context.newPage()
  for (const name of files) {
    const body = readFileSync(join(folder, name))
    await context.unrouteAll()
    const rules = /_pad[._]/.test(name) ? `${policy}; script-src 'self'` : policy
    await context.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url())
      if (pathname === '/style.css') return route.fulfill({ contentType: 'text/css', body: style })
      if (pathname === '/pad.js') return route.fulfill({ contentType: 'text/javascript', body: script })
      if (pathname.includes('/photos/')) return route.fulfill({ contentType: 'image/jpeg', body: photo })
      const kept = join(folder, pathname.slice(1).replaceAll('/', '_'))
      if (pathname.endsWith('.png')) return existsSync(kept) ? route.fulfill({ contentType: 'image/png', body: readFileSync(kept) }) : route.abort()
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body, headers: { 'Content-Security-Policy': rules } })
    })
    const messages = []
    const listen = (message) => messages.push(message.text())
    page.on('console', listen)
    await page.goto('http://console.example/')
    page.off('console', listen)
    for (const text of messages) report(name, look.name, text)
    await page.evaluate(axe) // evaluated, because the policy allows no script
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
    for (const { id, nodes } of violations) report(name, look.name, `${id}: ${nodes.slice(0, 2).map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' ')}`)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1)
    if (wide) report(name, look.name, 'wider than the screen')
    // The pages of errors look alike, and a picture of each form that was filled in wrong shows nothing new.
    if (pictures && !/_\d{3}\./.test(name) && (look.name === 'light' || (look.name === 'dark' && name.startsWith('home')) || (look.name === 'narrow' && name.startsWith('corrections_id.'))))
      await page.screenshot({ path: join(pictures, `${name.replace(/\.html$/, '')}${look.name === 'light' ? '' : `.${look.name}`}.png`), fullPage: true })
  }
  await context.close()
}
await browser.close()
console.log(`pages: ${files.length}, looks: ${looks.length}, findings: ${findings}`)
process.exit(findings > 0 ? 1 : 0)
