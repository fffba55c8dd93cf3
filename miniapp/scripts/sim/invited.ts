// An invitation to one to-do: by a link, by a scanned code, and by a code that is typed.

import { setTimeout as pause } from 'node:timers/promises'
import { toFace } from './journey'
import type { Person } from './person'
import { invite, pushRevision } from './sandbox'
import type { Log, Open } from './scenario'

/** Opens the app by an invitation before the sign-in, closes it, and continues to its to-do. */
export async function invited(open: Open, person: Person, log: Log, key: 'invitation' | 'scene') {
  const [first, second] = [`${person.openId}-first`, `${person.openId}-second`] as const
  await pushRevision(first, 1, person, '甲')
  await pushRevision(second, 1, person, '乙')
  const { scene } = await invite(first, 'S1')
  let phone = open({ faces: ['closes'] }, `pages/screen/index?${key}=${scene}`)
  await phone.until('您收到一份业务确认邀请')
  await toFace(phone, person)
  await pause(500)
  phone = open(phone.device)
  await phone.type('银行卡号', person.card)
  await phone.type('银行预留手机号', person.phone)
  await pause(50)
  await phone.press('核验')
  await phone.press('继续')
  await phone.until('请确认照片')
  await phone.press('查看待办事项')
  await phone.until('业务编号')
  await phone.until(first)
  log(`an invitation in the page's ${key} is kept until there is an access, and opens its to-do`)
  await phone.press('返回')
  await phone.press('我有邀请码')
  await phone.until('八个字母')
  await phone.type('邀请码', 'BBBB-BBBB')
  await phone.press('使用邀请码')
  await phone.until('此邀请无法打开任何业务')
  const { code } = await invite(second, 'S1')
  await phone.type('邀请码', code.toLowerCase())
  await phone.press('使用邀请码')
  await phone.until(second)
  log('a mistyped code is told, and the right one opens its to-do')
  phone = open(phone.device, `pages/screen/index?${key}=${scene}`)
  await phone.until(first)
  log('the same invitation again, with an access')
}
