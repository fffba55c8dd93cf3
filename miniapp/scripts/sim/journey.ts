// 一切顺利, from the login to the signed confirmation, on the built bundle.

import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Person } from './person'
import type { Phone, Spot } from './phone'
import type { Log } from './scenario'

export async function journey(phone: Phone, person: Person, log: Log) {
  await who(phone, person)
  log('who')
  await consent(phone)
  log('notices')
  await phone.press('同意协议并认证')
  await phone.press('开始人脸核验')
  log('face')
  await phone.type('银行卡号', person.card)
  await phone.type('银行预留手机号', person.phone)
  await pause(50)
  await phone.press('核验')
  log('bank card')
  await phone.press('继续')
  await phone.until('请确认照片')
  await phone.picture('portrait')
  await phone.press('查看待办事项')
  log('photo')
  await phone.press('业务确认')
  await phone.until('业务编号')
  await phone.press('确认')
  log('list and detail')
  await consent(phone)
  await phone.press('同意协议并认证')
  await phone.press('开始人脸核验')
  await phone.press('继续')
  log('second face')
  await phone.until('请在框内手写签名')
  await phone.sign([
    handwriting(),
    [
      [180, 20],
      [150, 70],
      [170, 130],
    ],
  ])
  await phone.press('确认')
  await phone.until('您的确认已提交登记机关')
  log('signed')
  await phone.press('查看回执')
  await phone.until('确认记录')
  await receipt(phone)
  log('receipt')
  await phone.back()
  await phone.press('返回待办事项')
  await phone.until('已确认')
  log('back to the list, over the pages that are still there')
}

/** Goes from the entry to the notices. */
async function who(phone: Phone, person: Person) {
  await phone.until('查看待办事项')
  await pause(500) // until the app is signed in
  if (phone.texts().includes('使用账号中的证件信息')) await prefill(phone)
  else await typeIn(phone, person)
  await phone.press('查看待办事项')
}

/** Goes from the entry to the camera. */
export async function toFace(phone: Phone, person: Person) {
  await who(phone, person)
  await consent(phone)
  await phone.press('同意协议并认证')
  await phone.press('开始人脸核验')
}

/** Saves the receipt and expects its text unchanged. */
async function receipt(phone: Phone) {
  const { device } = phone
  device.copies = false // WeChat rejects calls that the operator has not declared
  await phone.press('保存签名数据')
  await phone.until('暂时无法完成')
  device.copies = true
  await phone.press('重试')
  await phone.until('已复制')
  const { id } = phone.page.options
  assert.equal(
    device.clipboard.at(-1),
    await (await phone.ask(`/v1/confirmations/${id}/receipt`)).text(),
    'the receipt was rewritten',
  )
}

/** Uses the document of the account, with the person's permission. */
async function prefill(phone: Phone) {
  await phone.press('使用账号中的证件信息')
  await phone.press('授权并带出')
  await phone.until('已从账号带出')
}

async function typeIn(phone: Phone, person: Person) {
  await phone.type('姓名', person.name)
  await phone.type('证件号码', person.number)
  await pause(300)
}

/** Ticks every notice. Notices with a valid consent are not shown again. */
export async function consent(phone: Phone) {
  await phone.until('查看全文', '同意协议并认证')
  if (phone.texts().some((text) => text.includes('同意协议并认证'))) return
  await phone.tickAll()
  await phone.press('同意并继续')
  await phone.until('同意协议并认证')
}

/** Returns a handwriting that differs in every run, because the server accepts none twice. */
function handwriting(): Spot[] {
  const shift = Math.random() * 20
  return Array.from({ length: 12 }, (_, i) => [20 + i * 12, 40 + shift + Math.sin(i + shift) * 30])
}
