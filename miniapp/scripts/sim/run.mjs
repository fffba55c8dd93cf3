// npm run sim: the main journey on the built bundles of both mini-programs, against a real server, and what WeChat alone has.
// RENZHENG_SERVER and RENZHENG_SANDBOX say where they are, as `make run` prints them.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from './bundle.mjs'
import { journey } from './journey.mjs'
import { my } from './my.mjs'
import { newcomer } from './person.mjs'
import { Phone } from './phone.mjs'
import { reminder } from './reminder.mjs'
import { pushCase } from './sandbox.mjs'
import { wx } from './wx.mjs'

// A bundle's line is a hundred thousand characters: what went wrong must not drown in it.
process.on('uncaughtException', (error) => {
  console.error(String(error.stack ?? error).slice(0, 1500))
  process.exit(1)
})

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const platforms = { weapp: ['wx', wx], alipay: ['my', my] }
const wanted = process.argv.slice(2)

for (const platform of Object.keys(platforms)) {
  if (wanted.length > 0 && !wanted.includes(platform)) continue
  await play(platform, 'nothing')
  const { phone, person, root, say } = await play(platform, 'all')
  if (platform === 'weapp') await reminder(phone, person, root, say)
  else if (phone.texts().includes('有新待办时提醒我')) throw new Error(`${platform} offers messages that it cannot send`)
}
process.exit(0) // pages keep timers

/** Plays the main journey with a newcomer, on a phone that tells all of itself or nothing. */
async function play(platform, says) {
  const [name, stub] = platforms[platform]
  const root = path.join(dist, platform)
  if (!fs.existsSync(root)) throw new Error(`${root} is not built: npm run build:${platform}`)
  const person = newcomer()
  await pushCase(person.openId)
  const phone = new Phone(load(root, name, stub(person.openId, says)))
  const say = (step) => console.log(`✓ ${platform}${says === 'nothing' ? ', a phone that tells nothing and keeps nothing' : ''} · ${step}`)
  await journey(phone, person, say)
  return { phone, person, root, say }
}
