// Reminders: the person agrees to one message, which arrives with the next case.

import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Person } from './person'
import type { Phone } from './phone'
import { type Delivered, delivered, type PlatformName, pushCase } from './sandbox'
import type { Log } from './scenario'

const patience = 30_000

/** Continues from the list where `journey` ends. `root` is the folder of the bundle. */
export async function reminder(platform: PlatformName, phone: Phone, person: Person, root: string, log: Log) {
  await phone.press('有新待办时提醒我')
  await phone.until('您没有同意提醒')
  assert.ok(!phone.texts().some((text) => text.includes('有新待办时会发消息提醒您')), 'a no is kept as an agreement')
  log('a message is declined')
  await phone.press('有新待办时提醒我')
  await phone.until('有新待办时会发消息提醒您，还有 1 次')
  await pushCase(person.openId)
  const { page } = await message(platform, person.openId)
  const { pages } = JSON.parse(fs.readFileSync(path.join(root, 'app.json'), 'utf8')) as { pages: string[] }
  assert.ok(pages.includes(page), `the message opens ${page}, which is no page of the bundle: ${pages}`)
  log('a message is agreed to and delivered')
  phone.toFront()
  await phone.until('业务确认')
  await phone.press('有新待办时提醒我')
  await phone.press('不再提醒')
  await phone.gone('不再提醒')
  log('an agreement is taken back')
}

/** Waits for the message that the channel delivers. */
async function message(platform: PlatformName, openId: string): Promise<Delivered> {
  for (const end = Date.now() + patience; Date.now() < end; await pause(200)) {
    const got = await delivered(platform, openId)
    if (got.subscribe > 0) return got
  }
  throw new Error(`${platform} has delivered no message`)
}
