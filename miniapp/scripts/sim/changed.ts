// A case that the registry changes after it was read.

import type { Person } from './person'
import type { Phone } from './phone'
import { pushRevision } from './sandbox'
import type { Log } from './scenario'

/** Continues from the list, and ends there. */
export async function changed(phone: Phone, person: Person, log: Log) {
  const id = `sim-${person.openId}-${Date.now().toString(36)}`
  await pushRevision(id, 1, person, '壹佰万元人民币')
  phone.toFront()
  await phone.until('业务确认')
  await phone.press('业务确认')
  await phone.until('壹佰万元人民币')
  await decline(phone, () => pushRevision(id, 2, person, '贰佰万元人民币'))
  await phone.until('这项业务已发生变化')
  await phone.until('贰佰万元人民币')
  await decline(phone)
  await phone.until('您的答复已提交登记机关')
  await phone.press('返回待办事项')
  await phone.until('退出登录')
  log('a case that has changed is read again before it is answered')
}

/** Declines the case that is shown. Something may happen before the answer is sent. */
async function decline(phone: Phone, meanwhile = async () => {}) {
  await phone.press('不是我办的')
  await phone.until('不确认这项业务')
  await phone.press('不是我办的，有人使用我的身份')
  await meanwhile()
  await phone.press('提交答复')
}
