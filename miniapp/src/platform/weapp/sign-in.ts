import { NetworkError } from '../../api/errors'
import type { SignIn } from '../platform'
import { deviceOf, systemOf } from '../system'

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
