// The owner check: nothing without the person's consent, another person is rejected, and the owner goes on without typing
// again.

import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { consent } from './journey'
import { newcomer, type Person } from './person'
import type { Phone } from './phone'
import type { Log, Open } from './scenario'

const offer = '前往微信支付核对'
const statement = '我单独同意把我填写的姓名和证件号码提供给微信支付'

export async function owner(open: Open, person: Person, log: Log) {
  const phone = open({ consents: ['leave', 'stay'] })
  await enter(phone, newcomer(), person)
  await phone.press(offer) // is off until the person agrees
  await phone.press(statement)
  for (let left = phone.device.consents.length; left > 0; left--) {
    await phone.press(offer)
    while (phone.device.consents.length === left) await pause(50) // what an earlier check said stays until then
    await phone.until('核对没有完成')
    await pause(200) // until the button can be pressed again
  }
  log('a check that the person leaves changes nothing')
  await phone.press(offer)
  await phone.until('身份验证失败，请由账号本人办理')
  await phone.press('同意协议并认证')
  await pause(1000)
  assert.equal(phone.sent('/v1/verifications').length, 1, 'the person was not asked for')
  const session = (await (await phone.ask('/v1/session')).json()) as { verification?: unknown }
  assert.equal(session.verification, undefined, 'another person is verified')
  log('another person is kept out')
  await phone.press('修改信息')
  await enter(phone, person, person)
  await phone.press(statement)
  await phone.press(offer)
  await phone.until('微信支付已确认')
  assert.ok(!phone.texts().some((text) => text.includes(person.number)), 'the number is not masked')
  await phone.press('同意协议并认证')
  await phone.press('开始人脸核验')
  await phone.until('银行卡号')
  assert.deepEqual(phone.sent('/v1/verifications')[0], { purpose: 'access', use_prefill: true })
  log('the owner is known, and goes on')
}

/** Goes from the entry to the identity page with a document. */
async function enter(phone: Phone, shown: Person, own: Person) {
  await phone.until('查看待办事项')
  await phone.type('姓名', shown === own ? own.name : '张样例')
  await phone.type('证件号码', shown.number)
  await phone.press('查看待办事项')
  await consent(phone)
  await phone.until('同意协议并认证')
}
