// Access, consents and sessions that end.

import assert from 'node:assert/strict'
import type { Answer } from '../../src/api/types'
import type { Person } from './person'
import type { Phone } from './phone'
import type { Log } from './scenario'

/** Continues from the list. */
export async function ends(phone: Phone, person: Person, log: Log) {
  keepsNothing(phone, person)
  log('storage holds nothing personal')
  await withdrawElsewhere(phone)
  phone.toFront()
  await phone.until('查看权限已结束，请重新核验。')
  log('an access that ended is told')
  await phone.press('更多')
  await phone.press('我的授权')
  await phone.until('撤回后')
  await phone.until('同意')
  const before = phone.texts().filter((text) => text === '撤回').length
  await phone.press('撤回')
  await phone.less('撤回', before)
  log('a consent is withdrawn')
  await phone.ask('/v1/session', 'DELETE')
  await phone.press('撤回')
  await phone.until('登录已过期，请重新开始。')
  await phone.until('查看待办事项')
  log('a session that ended is told')
}

/** Withdraws a consent as another device does. */
async function withdrawElsewhere(phone: Phone) {
  const { consents } = (await (await phone.ask('/v1/consents')).json()) as Answer<'/v1/consents', 'get'>
  const rules = consents.find(({ kind }) => kind === 'rules')
  await phone.ask(`/v1/consents/${rules?.id}`, 'DELETE')
}

/** Expects ids, the token and display settings in storage, and no personal data. */
function keepsNothing({ device }: Phone, person: Person) {
  const kept = [...device.kept]
  const names = ['language', 'elder', 'token', 'verification', 'attempt', 'target', 'session', 'waiting']
  assert.deepEqual(
    kept.map(([name]) => name).filter((name) => !names.includes(name)),
    [],
  )
  for (const secret of [person.name, person.number, person.card, person.phone]) {
    assert.ok(!kept.some(([, value]) => String(value).includes(secret)), 'storage holds what was typed')
  }
}
