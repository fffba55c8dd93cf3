// Ways to open the app: in a language, after it was closed, by a link.

import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { toFace } from './journey'
import type { Person } from './person'
import type { Phone } from './phone'
import type { Log, Open } from './scenario'

/** Uses a phone from Hong Kong. Language and type size are kept when the app opens again. */
export async function looks(open: Open, log: Log) {
  const device = { language: 'zh_HK' }
  let phone = open(device)
  await phone.until('登記註冊身份驗證')
  await phone.press('English')
  await phone.until('Identity check for company registration')
  await phone.press('Large type')
  await phone.until('Standard')
  phone = open(phone.device)
  await phone.until('Identity check for company registration')
  assert.ok(
    phone.nodes().some(({ node }) => /\belder\b/.test(node.cl ?? '')),
    'large type is forgotten',
  )
  log('language and large type, which stay')
  phone = open({ typeSize: 1.15 })
  await phone.until('登记注册身份验证')
  assert.match(styleOfPage(phone), /--type-scale: ?1\.15/, 'the type size of the system is ignored')
  phone = open({ typeSize: 1.4 })
  await phone.until('标准版')
  log('the type size of the system, and large type where it is large')
}

function styleOfPage(phone: Phone): string {
  const page = phone.nodes().find(({ node }) => /^page\b/.test(node.cl ?? ''))
  return String(page?.node.st ?? '')
}

/** Uses a phone that is too old, and one that cannot sign in. Support is available on both. */
export async function turnedAway(open: Open, log: Log) {
  let phone = open({ system: 'Android 4.2' })
  await phone.until('手机系统或应用版本过低')
  await phone.press('技术支持')
  await phone.picture('qr')
  await phone.until('登记窗口')
  log('a phone that is too old is told, and helped')
  phone = open({ signsIn: false })
  await phone.until('网络连接失败')
  await phone.press('如有其他问题请点击此获得技术支持')
  await phone.picture('qr')
  await phone.press('常见问题')
  await phone.until('找到')
  log('help without a sign-in')
}

/** Closes the app during the face check, opens it again, and opens it by a link. */
export async function closed(open: Open, person: Person, log: Log) {
  let phone = open({ faces: ['closes'] })
  await toFace(phone, person)
  await pause(500)
  phone = open(phone.device)
  await phone.until('银行卡核验')
  log('closed before the camera, and opened again')
  await phone.type('银行卡号', person.card)
  await phone.type('银行预留手机号', person.phone)
  await pause(50)
  await phone.press('核验')
  await phone.press('继续')
  await phone.until('请确认照片')
  await phone.press('查看待办事项')
  await phone.until('业务确认')
  const {
    todos: [{ id }],
  } = await (await phone.ask('/v1/todos')).json()
  const link = `pages/screen/index?s=detail&id=${id}`
  phone = open(phone.device, link)
  await phone.until('业务编号')
  await phone.press('返回')
  await phone.until('退出登录')
  await phone.press('退出登录')
  await phone.gone('退出登录')
  log('a link leads to its to-do, and log-out to the entry')
  phone = open(phone.device, link)
  await toFace(phone, person)
  await phone.press('继续') // a recent bank card check is reused
  await phone.until('请确认照片')
  await phone.press('查看待办事项')
  await phone.until('业务编号')
  assert.equal(phone.page.options.id, id, 'another to-do than the link names')
  log('a link is remembered until there is an access')
}
