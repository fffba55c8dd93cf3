// An appeal: from a face that never passes to pictures and a video that are cleaned and submitted.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { toFace } from './journey'
import type { Person } from './person'
import type { Phone } from './phone'
import type { Log, Open } from './scenario'

const sample = (name: string) =>
  readFileSync(new URL(`../../../material/testdata/${name}`, import.meta.url)).toString('base64')

export async function appeal(open: Open, person: Person, log: Log) {
  const files = new Map([
    ['tmp://photo', sample('photo.jpg')],
    ['tmp://video', sample('short.mp4')],
  ])
  const phone = open({ faces: Array(9).fill('fail'), files })
  await toFace(phone, person)
  await failAll(phone)
  await phone.press('申诉')
  await phone.until('需要的材料')
  await phone.press('开始申诉')
  await phone.until('待补齐材料并提交')
  log('an appeal begins where no try is left')
  await phone.press('上传证件正面') // and leaves the choice
  for (const item of ['证件正面', '证件反面', '手持证件照片', '核验失败过程视频']) {
    const sent = phone.texts().filter((text) => text === '已上传').length
    phone.device.picks.push(item.endsWith('视频') ? 'tmp://video' : 'tmp://photo')
    await phone.press(`上传${item}`)
    await phone.more('已上传', sent)
  }
  log('three pictures and a video are sent')
  await phone.type('联系方式', person.phone)
  await phone.type('情况说明', '照片是本人')
  await phone.press('提交申诉')
  await phone.until('审核中')
  const materials = phone.sent(/\/materials$/)
  assert.equal(materials.length, 4)
  log('the appeal is submitted')
}

/** Shows another face until no try is left. */
async function failAll(phone: Phone) {
  for (;;) {
    await phone.until('人像比对未通过', '次数')
    if (phone.texts().includes('申诉')) return
    await phone.press('再试一次')
    await phone.press('开始人脸核验')
  }
}
