// Being remembered in WeChat: agreed to by a switch that is off, used without typing, forgotten with one press.

import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { consent, toFace } from './journey'
import type { Person } from './person'
import type { Phone } from './phone'
import type { Log, Open } from './scenario'

const offer = '下次不用再填写'
const forget = '立即删除（不是我，或不想再记住）'

export async function remembered(open: Open, person: Person, log: Log) {
  const phone = open({})
  await toFace(phone, person)
  await phone.type('银行卡号', person.card)
  await phone.type('银行预留手机号', person.phone)
  await pause(50)
  await phone.press('核验')
  await toTheList(phone)
  assert.ok(!phone.texts().includes(forget), 'the person is remembered without having agreed')
  await phone.tickAll()
  await phone.until(forget)
  log('the switch is off, and is turned on')
  await phone.press('退出登录')
  await phone.press('使用此身份信息')
  await phone.until('手工填写')
  assert.ok(!phone.texts().some((text) => text.includes(person.number)), 'the number is not masked')
  await phone.press('查看待办事项')
  await consent(phone)
  await phone.press('同意协议并认证')
  await phone.press('开始人脸核验')
  await toTheList(phone)
  log('the remembered document is used, and the face is checked all the same')
  await phone.press(forget)
  await phone.until('已删除记住的身份信息')
  await phone.until(offer)
  const session = (await (await phone.ask('/v1/session')).json()) as { remembered?: unknown; prefill?: unknown }
  assert.deepEqual([session.remembered, session.prefill], [undefined, undefined], 'something is kept')
  log('it is forgotten with one press')
}

async function toTheList(phone: Phone) {
  await phone.press('继续')
  await phone.until('请确认照片')
  await phone.press('查看待办事项')
  await phone.until(offer)
}
