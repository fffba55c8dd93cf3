// Plays the pad of the service window with a real browser: a clerk and a supervisor serve a person of a running sandbox, the person signs
// with the mouse, the registry files the evidence, and the receipt is verified as anybody can.
//
//   node scripts/console-pad.mjs [PICTURES]
//
// bin/sandbox and bin/bff must be built. PICTURES is where a picture of the pad goes, if it is given.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = new URL('..', import.meta.url).pathname
const require = createRequire(join(root, 'miniapp/package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const pictures = process.argv[2]
const place = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((one) => one && existsSync(one))
if (!place) throw new Error('there is no Chromium')

const data = mkdtempSync(join(tmpdir(), 'renzheng-pad-'))
const freeAddress = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(`127.0.0.1:${port}`))
  })
})
const [api, control, admin, desk] = await Promise.all(Array.from({ length: 4 }, freeAddress))
const program = spawn(join(root, 'bin/sandbox'), ['run', '--data', data, '--listen', api, '--sandbox', control, '--admin', admin, '--console', desk], {
  cwd: root, stdio: ['ignore', 'pipe', 'inherit'],
})
const ready = new Promise((resolve, reject) => {
  program.stdout.on('data', (text) => String(text).includes('The sandbox is ready') && resolve())
  program.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)))
})
const fail = (text) => { throw new Error(text) }
const person = { type: 'resident_id', number: '119901197001010018', name: '李样例' }
const caseID = 'pad-1'

let browser
try {
  await ready
  const pushed = await fetch(`http://${control}/sandbox/cases/${caseID}`, {
    method: 'PUT',
    body: JSON.stringify({
      revision: 1, header: { enterprise_name: '样例测试有限公司（模拟）', business_kind: 'establishment', mode: 'at_window', applied_on: '2026-11-20' },
      items: [{ label: '注册资本', value: '壹佰万元人民币' }], signers: [{ signer_id: 'S1', role: '股东', document: person, items: [] }],
    }),
  })
  if (!pushed.ok) fail(`the case was not taken: ${await pushed.text()}`)
  browser = await chromium.launch({ executablePath: place, args: ['--no-sandbox'] })
  const signIn = async (member) => {
    const page = await (await browser.newContext({ locale: 'en', viewport: { width: 1280, height: 900 } })).newPage()
    await page.goto(`http://${desk}/sign-in`)
    await page.click('a[href^="/sign-in/begin"]')
    await page.click(`button[name=member][value="${member}"]`)
    await page.waitForURL(`http://${desk}/`)
    return page
  }
  const clerk = await signIn('clerk')
  const messages = []
  clerk.on('console', (message) => messages.push(message.text()))
  await clerk.goto(`http://${desk}/window`)
  await clerk.click('form[action="/window/visits"] button')
  const visit = clerk.url()
  for (const [name, value] of [['case', caseID], ['number', person.number], ['again', person.number], ['name', person.name]]) await clerk.fill(`#${name}`, value)
  await clerk.selectOption('#registry', 'sample')
  await clerk.selectOption('#type', person.type)
  await clerk.selectOption('#reason', 'no_smartphone')
  await clerk.setInputFiles('#photo_front', join(root, 'material/testdata/photo.jpg'))
  await clerk.click('form[action$="/document"] button')
  await clerk.getByText('Awaiting approval').waitFor().catch(async () => fail(`the document was not taken: ${await clerk.locator('main').innerText()}`))

  const supervisor = await signIn('supervisor')
  await supervisor.goto(visit)
  await supervisor.click('form[action$="/evidence"] button')
  const shown = await supervisor.locator('figure img').evaluate((image) => image.decode().then(() => image.naturalWidth, () => 0))
  if (!shown) fail('the photo of the document is not shown')
  if (pictures) await supervisor.screenshot({ path: join(pictures, 'window_visits_id_photo.en.png'), fullPage: true })
  await supervisor.click('button[value=approve]')

  await clerk.goto(visit)
  await clerk.click('form[action$="/todos"] button')
  await clerk.click('form[action$="/pad"] button')
  await clerk.locator('#pad').waitFor()
  await clerk.click('button[value=done_at_window]')
  await clerk.getByText('The person has not signed.').waitFor() // and nothing was sent
  const box = await clerk.locator('#pad').boundingBox()
  const stroke = async (points) => {
    const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height]
    await clerk.mouse.move(...at(points[0]))
    await clerk.mouse.down()
    for (const point of points.slice(1)) await clerk.mouse.move(...at(point), { steps: 8 })
    await clerk.mouse.up()
  }
  await stroke([[0.1, 0.1], [0.9, 0.9]])
  await clerk.click('#pad-clear')
  await stroke([[0.2, 0.3], [0.45, 0.25], [0.4, 0.7]])
  await stroke([[0.5, 0.3], [0.7, 0.6], [0.85, 0.35], [0.6, 0.75]])
  await clerk.evaluate(axe).catch(() => fail('axe could not be loaded'))
  const { violations } = await clerk.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  if (violations.length > 0) fail(`the page of the pad: ${JSON.stringify(violations.map(({ id }) => id))}`)
  if (pictures) await clerk.screenshot({ path: join(pictures, 'window_visits_id_pad.en.png'), fullPage: true })
  await clerk.click('button[value=done_at_window]')
  await clerk.getByText('The receipt is sealed').waitFor()
  if (messages.length > 0) fail(`the browser says: ${messages.join('; ')}`)

  let event
  for (const until = Date.now() + 20_000; Date.now() < until && !(event?.evidence === 'good'); ) {
    const { events } = await (await fetch(`http://${control}/sandbox/cases/${caseID}`)).json()
    event = events.find(({ type }) => type === 'todo.done_at_window')
    if (event?.evidence !== 'good') await new Promise((resolve) => setTimeout(resolve, 200))
  }
  if (event?.evidence !== 'good') fail(`the registry has no good evidence: ${JSON.stringify(event)}`)
  const keys = join(data, 'jwks.json')
  const file = join(data, 'receipt')
  writeFileSync(keys, await (await fetch(`http://${api}/.well-known/jwks.json`)).text())
  writeFileSync(file, event.receipt)
  const verified = spawnSync(join(root, 'bin/bff'), ['verify', '--trust', keys, file], { encoding: 'utf8' })
  if (verified.status !== 0) fail(verified.stderr)
  const statement = JSON.parse(verified.stdout)
  if (statement.window.manner !== 'signed_pad' || statement.handwriting === 'none' || statement.statement_by !== 'authority') fail(verified.stdout)
  console.log('pad: drawn, sent once, filed by the registry, and its receipt verifies')
} finally {
  await browser?.close()
  program.kill('SIGTERM')
  await new Promise((resolve) => (program.exitCode === null ? program.once('exit', resolve) : resolve()))
  rmSync(data, { recursive: true, force: true })
}
