// How a visit ends: by the person's own wish, or by the server's.
import assert from 'node:assert/strict'

/** Goes on from the list. */
export async function ends(phone, person, say) {
  keepsNothing(phone, person)
  say('storage holds nothing personal')
  await withdrawElsewhere(phone)
  phone.toFront()
  await phone.until('查看权限已结束，请重新核验。')
  say('an access that ended is told')
  await phone.press('更多')
  await phone.press('我的授权')
  await phone.until('撤回后')
  await phone.until('同意')
  const before = phone.texts().filter((text) => text === '撤回').length
  await phone.press('撤回')
  await phone.less('撤回', before)
  say('a consent is withdrawn')
  await phone.ask('/v1/session', 'DELETE')
  await phone.press('撤回')
  await phone.until('登录已过期，请重新开始。')
  await phone.until('查看待办事项')
  say('a session that ended is told')
}

/** As somebody does on another phone. */
async function withdrawElsewhere(phone) {
  const { consents } = await (await phone.ask('/v1/consents')).json()
  const { id } = consents.find(({ kind }) => kind === 'rules')
  await phone.ask(`/v1/consents/${id}`, 'DELETE')
}

/** Ids, the token and how to show things; nothing that was typed or shown. */
function keepsNothing({ device }, person) {
  const kept = [...device.kept]
  const names = ['language', 'elder', 'token', 'verification', 'attempt', 'target']
  assert.deepEqual(
    kept.map(([name]) => name).filter((name) => !names.includes(name)),
    [],
  )
  for (const secret of [person.name, person.number, person.card, person.phone]) {
    assert.ok(!kept.some(([, value]) => String(value).includes(secret)), 'storage holds what was typed')
  }
}
