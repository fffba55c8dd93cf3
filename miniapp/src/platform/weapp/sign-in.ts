import type { SignIn } from '../platform'

export const signIn: SignIn = {
  by: 'code',
  channel: 'wechat',
  code: () =>
    new Promise((resolve, reject) => {
      wx.login({ success: ({ code }) => resolve(code), fail: reject })
    }),
  device: () => {
    const { system, platform } = wx.getSystemInfoSync()
    const [word, version] = system.split(' ')
    return { platform: (word ?? platform).toLowerCase(), version: version ?? '0' }
  },
}
