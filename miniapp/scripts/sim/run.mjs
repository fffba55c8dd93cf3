// npm run sim: the built bundles of both mini-programs against a real server: the main journey, what goes wrong on the way, and
// what one platform alone has.
// RENZHENG_SERVER and RENZHENG_SANDBOX say where they are, as `make run` prints them.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { agency } from './agency.mjs'
import { answers } from './answers.mjs'
import { load } from './bundle.mjs'
import { newDevice } from './device.mjs'
import { ends } from './ends.mjs'
import { journey } from './journey.mjs'
import { labels } from './labels.mjs'
import { my } from './my.mjs'
import { closed, looks, turnedAway } from './opened.mjs'
import { newcomer, traveller } from './person.mjs'
import { Phone } from './phone.mjs'
import { reminder } from './reminder.mjs'
import { pushCase } from './sandbox.mjs'
import { afterLeaving, declined, stuck, withoutFace } from './stuck.mjs'
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
  else if (phone.texts().includes('有新待办时提醒我'))
    throw new Error(`${platform} offers messages that it cannot send`)
  await answers(phone, person, say)
  await ends(phone, person, say)
  // Each with somebody of their own, so that they need not wait for each other.
  const alone = (work, who = newcomer()) => work(opener(platform, who), who, say)
  await Promise.all([
    labels(opener(platform, newcomer()), root, say),
    looks(opener(platform, newcomer()), say),
    turnedAway(opener(platform, newcomer()), say),
    alone((...play) => stuck(...play, afterLeaving[platform])),
    alone(agency, traveller()),
    alone(platform === 'weapp' ? withoutFace : declined),
    alone(async (open, who) => {
      await pushCase(who.openId)
      await closed(open, who, say)
    }),
  ])
}
process.exit(0) // pages keep timers

/** Plays the main journey with a newcomer, on a phone that tells all of itself or nothing. */
async function play(platform, says) {
  const person = newcomer()
  await pushCase(person.openId)
  const phone = opener(platform, person, says)({})
  const say = (step) =>
    console.log(`✓ ${platform}${says === 'nothing' ? ', a phone that tells nothing and keeps nothing' : ''} · ${step}`)
  await journey(phone, person, say)
  return { phone, person, root: path.join(dist, platform), say }
}

/** Returns what opens the app in a person's hand, on a new phone or again on one that there is, perhaps by a link. */
function opener(platform, person, says = 'all') {
  const [name, stub] = platforms[platform]
  const root = path.join(dist, platform)
  if (!fs.existsSync(root)) throw new Error(`${root} is not built: npm run build:${platform}`)
  return (phone, address) => {
    const device = phone.kept ? phone : newDevice(phone)
    return new Phone(load(root, name, stub(person.openId, says, device), address), device)
  }
}
