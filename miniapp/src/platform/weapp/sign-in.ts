import { NetworkError } from '../../api/errors'
import { deviceOf, systemOf } from '../mini/system'
import type { SignIn } from '../platform'

export const signIn: SignIn = {
  by: 'code',
  channel: 'wechat',
  code: () =>
    new Promise((resolve, reject) => {
      wx.login({
        success: (result) => (result?.code ? resolve(result.code) : reject(new Error('no code'))),
        fail: () => reject(new NetworkError()),
      })
    }),
  device: () => deviceOf(systemOf(() => wx.getSystemInfoSync())),
}
