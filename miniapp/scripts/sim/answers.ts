// A declined case, and a network that is lost in between.

import assert from 'node:assert/strict'
import type { Answer } from '../../src/api/types'
import type { Person } from './person'
import type { Phone } from './phone'
import { pushCase } from './sandbox'
import type { Log } from './scenario'

/** Continues from the list where `journey` ends, and ends there. */
export async function answers(phone: Phone, person: Person, log: Log) {
  const { device } = phone
  await pushCase(person.openId)
  device.online = false
  phone.toFront()
  await phone.until('网络连接失败')
  device.connect()
  await phone.until('业务确认')
  await phone.gone('网络连接失败')
  log('the list comes by itself when the network returns')
  await phone.press('业务确认')
  await phone.until('业务编号')
  await phone.press('不是我办的')
  await phone.until('不确认这项业务')
  await phone.press('不是我办的，有人使用我的身份')
  device.online = false
  await phone.press('提交答复')
  await phone.until('没有收到服务器的答复')
  device.connect()
  await phone.press('重试')
  await phone.until('您的答复已提交登记机关')
  await phone.press('返回待办事项')
  await phone.until('已拒绝')
  const { confirmations } = (await (await phone.ask('/v1/confirmations')).json()) as Answer<'/v1/confirmations', 'get'>
  assert.deepEqual(
    confirmations.map(({ decision, reason }) => reason ?? decision),
    ['not_mine', 'confirmed'],
  )
  await phone.press('我的记录')
  await phone.until('不是我办的，有人使用我的身份')
  await phone.press('返回')
  await phone.until('退出登录')
  log('a case is refused with its reason')
}
