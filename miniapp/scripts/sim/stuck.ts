// A face check that fails at first: the failure screen, the slip for the window, and support.

import assert from 'node:assert/strict'
import { toFace } from './journey'
import type { Person } from './person'
import type { Phone } from './phone'
import { form } from './sandbox'
import type { Log, Open } from './scenario'

interface AfterLeaving {
  told: string
  presses: string[]
}

/**
 * What a person sees after cancelling, and presses to continue: Alipay shows the same check again, WeChat ends it at once.
 */
export const afterLeaving: Record<'weapp' | 'alipay', AfterLeaving> = {
  weapp: { told: '已取消人脸识别', presses: ['再试一次', '开始人脸核验'] },
  alipay: { told: '您已离开人脸核验', presses: ['重新进行人脸核验'] },
}

/** Cancels, then shows another face, opens support, and tries again. */
export async function stuck(open: Open, person: Person, log: Log, { told, presses }: AfterLeaving) {
  const phone = open({ faces: ['cancel', 'fail'] })
  const { device } = phone
  await toFace(phone, person)
  await phone.until(told)
  for (const press of presses) await phone.press(press)
  await phone.until('人像比对未通过')
  await phone.until('还可以尝试 ')
  await phone.until('可能不是本人操作')
  log('a face that was left, and one that differs')
  await phone.press('保存凭条')
  await phone.until('已复制')
  const slip = (device.clipboard.at(-1) ?? '').split('\n')
  assert.match(
    slip.join('\n'),
    /^登记注册身份验证\n人像比对未通过\nface_differs\n\w{4}-\w{4}\n\d{4}-\d\d-\d\d \d\d:\d\d$/,
  )
  await phone.until(slip[3] ?? 'no code on the slip')
  log('the slip is copied')
  await help(phone, person)
  log('the code of the ticket is saved, and the ticket is known to the service account')
  await phone.press('返回')
  await phone.press('再试一次')
  await phone.press('开始人脸核验')
  await phone.until('银行卡号')
  await phone.press('暂不认证')
  await phone.until('查看待办事项')
  log('another try passes')
}

async function help(phone: Phone, person: Person) {
  const { device } = phone
  await phone.press('技术支持')
  await phone.until('求助单号')
  const shown = await phone.picture('qr')
  assert.deepEqual(phone.sent('/v1/support/tickets')[0], {
    failure: 'face_differs',
    document_type: 'resident_id',
    purpose: 'access',
  })
  device.savesPictures = false
  await phone.press('保存二维码')
  await phone.until('未能保存，请长按图片保存或截屏。')
  device.savesPictures = true
  await phone.press('保存二维码')
  await phone.until('已保存')
  assert.ok(Buffer.from(device.album.at(-1) ?? '', 'base64').equals(shown), 'another picture was saved')
  const code = /T-\w{4}-\w{4}/.exec(phone.texts().join('\n'))?.[0] ?? ''
  assert.ok(code)
  const { text } = await form<{ text: string }>('/sandbox/support', { open_id: person.openId, do: 'text', with: code })
  assert.match(text, new RegExp(code))
}

/** Uses a version of WeChat that has no face check yet. */
export async function withoutFace(open: Open, person: Person, log: Log) {
  const phone = open({ api: { requestFacialVerify: undefined } })
  await toFace(phone, person)
  await phone.until('手机系统或应用版本过低')
  await phone.press('返回首页')
  await phone.until('查看待办事项')
  log('a WeChat without the face check is told to be too old')
}

/** Declines the document of the account in Alipay, and enters it by hand. */
export async function declined(open: Open, person: Person, log: Log) {
  const phone = open({ givesIdentity: false })
  await phone.press('使用账号中的证件信息')
  await phone.press('授权并带出')
  await phone.until('未授权。请手工填写，不影响办理。')
  await phone.type('姓名', person.name)
  await phone.type('证件号码', person.number)
  await phone.press('查看待办事项')
  await phone.until('查看全文')
  log('a prefill that is not allowed')
}
