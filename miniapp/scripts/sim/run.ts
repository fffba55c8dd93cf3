// npm run sim: plays the built bundles of both mini-programs against a real server: the main journey, what goes wrong on
// the way, and what only one platform has. RENZHENG_SERVER and RENZHENG_SANDBOX are the addresses that `make run` prints.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { agency } from './agency'
import { answers } from './answers'
import { appeal } from './appeal'
import { load } from './bundle'
import { changed } from './changed'
import { type Device, newDevice } from './device'
import { ends } from './ends'
import { invited } from './invited'
import { journey } from './journey'
import { labels } from './labels'
import { createMy } from './my'
import { closed, looks, turnedAway } from './opened'
import { owner } from './owner'
import { newcomer, type Person, type Traveller, traveller } from './person'
import { Phone } from './phone'
import { remembered } from './remembered'
import { reminder } from './reminder'
import { type PlatformName, pushCase } from './sandbox'
import type { Log, Open } from './scenario'
import { afterLeaving, declined, stuck, withoutFace } from './stuck'
import { createWx } from './wx'

// A line of a bundle is a hundred thousand characters long, which would hide the error itself.
process.on('uncaughtException', (error) => {
  console.error(String(error.stack ?? error).slice(0, 1500))
  process.exit(1)
})

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const platforms = {
  weapp: { global: 'wx', create: createWx },
  alipay: { global: 'my', create: createMy },
} as const

type Reports = 'all' | 'nothing'

const requested = process.argv.slice(2)

for (const platform of Object.keys(platforms) as PlatformName[]) {
  if (requested.length === 0 || requested.includes(platform)) await playAll(platform)
}
process.exit(0) // pages keep timers

async function playAll(platform: PlatformName): Promise<void> {
  const old = await playJourney(platform, 'nothing')
  if (platform === 'alipay' && old.phone.texts().includes('有新待办时提醒我'))
    throw new Error('an old base library offers messages that it cannot ask for')
  const { phone, person, root, log } = await playJourney(platform, 'all')
  await reminder(platform, phone, person, root, log)
  if (platform === 'alipay' && phone.texts().includes('下次不用再填写'))
    throw new Error('Alipay remembers what it knows itself')
  await answers(phone, person, log)
  await changed(phone, person, log)
  await ends(phone, person, log)
  // Each scenario has a person of its own, so that they can run at the same time.
  const withNewcomer = (scenario: (open: Open, person: Person, log: Log) => Promise<void>) => {
    const person = newcomer()
    return scenario(opener(platform, person), person, log)
  }
  const passportHolder = traveller()
  await Promise.all([
    labels(opener(platform, newcomer()), root, log),
    looks(opener(platform, newcomer()), log),
    turnedAway(opener(platform, newcomer()), log),
    withNewcomer((open, person, log) => stuck(open, person, log, afterLeaving[platform])),
    agency(opener(platform, passportHolder), passportHolder, log),
    withNewcomer((open, person, log) => invited(open, person, log, platform === 'weapp' ? 'scene' : 'invitation')),
    ...(platform === 'weapp' ? [withNewcomer(remembered), withNewcomer(owner)] : []),
    withNewcomer(appeal),
    withNewcomer(platform === 'weapp' ? withoutFace : declined),
    withNewcomer(async (open, person, log) => {
      await pushCase(person.openId)
      await closed(open, person, log)
    }),
  ])
}

/** Plays the main journey with a newcomer, on a phone that reports all about itself or nothing. */
async function playJourney(platform: PlatformName, reports: Reports) {
  const person = newcomer()
  await pushCase(person.openId)
  const phone = opener(platform, person, reports)({})
  const suffix = reports === 'nothing' ? ', a phone that reports nothing and stores nothing' : ''
  const log: Log = (step) => console.log(`✓ ${platform}${suffix} · ${step}`)
  await journey(phone, person, log)
  return { phone, person, root: path.join(dist, platform), log }
}

/** Returns a function that opens the app for a person. */
function opener(platform: PlatformName, person: Traveller, reports: Reports = 'all'): Open {
  const { global, create } = platforms[platform]
  const root = path.join(dist, platform)
  if (!fs.existsSync(root)) throw new Error(`${root} is not built: npm run build:${platform}`)
  return (options, address) => {
    const device = isDevice(options) ? options : newDevice(options)
    return new Phone(load(root, global, create(person.openId, reports, device), address), device)
  }
}

/** Reports whether these are not only differences from a usual phone but a phone that has been used. */
function isDevice(options: Partial<Device>): options is Device {
  return options.kept !== undefined
}
