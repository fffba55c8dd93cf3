// A passport: the face check is on the authority's page, inside the mini-program.

import { setTimeout as pause } from 'node:timers/promises'
import { consent } from './journey'
import type { Traveller } from './person'
import { type Phone, strings } from './phone'
import { pushCase } from './sandbox'
import type { Log, Open } from './scenario'

const passport = 3 // its index among the document types

export async function agency(open: Open, person: Traveller, log: Log) {
  await pushCase(person.openId)
  const phone = open({})
  await phone.until('查看待办事项')
  await phone.choose('证件类型', passport)
  await phone.type('姓名', person.name)
  await phone.type('证件号码', person.number)
  await pause(300)
  await phone.press('查看待办事项')
  await consent(phone)
  await phone.press('同意协议并认证')
  await phone.press('开始人脸核验')
  await page(phone)
  await phone.back()
  await phone.until('正在查询结果')
  log('the page of the face is left')
  await phone.press('重新进行人脸核验')
  await show(phone, person)
  await phone.until('核验成功')
  await phone.press('继续')
  await phone.press('查看待办事项')
  await phone.press('业务确认')
  await phone.until('业务编号')
  log('the page is opened again, and closes itself when the face is decided')
}

async function show(phone: Phone, person: Traveller) {
  const address = await page(phone)
  const reply = await fetch(address, {
    method: 'POST',
    body: new URLSearchParams({ account: person.openId, action: 'show' }),
  })
  if (!reply.ok) throw new Error(`the authority's page: ${reply.status}`)
}

/** Waits for the external page and returns its URL. */
async function page(phone: Phone): Promise<string> {
  for (let tries = 0; tries < 100; tries++, await pause(50)) {
    const address = phone
      .nodes()
      .flatMap(({ node }) => strings(node))
      .find((value) => /^https?:\/\//.test(value))
    if (address && phone.page.options.url) return address // another screen may have the authority's logo
  }
  throw new Error(`no page is shown, but ${phone.texts().join('\n')}`)
}
