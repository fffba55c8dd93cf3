import type { Platform } from '../platform'
import { openPage } from '../web-page'
import { authCode } from './auth-code'
import { showFace } from './face'
import { savePicture } from './picture'
import { send } from './send'

export const platform: Platform = {
  send,
  device: () => {
    const { platform: name, system } = my.getSystemInfoSync()
    // Either "iOS" and "17.0", or the word of the system before its version.
    const version = /\d[\d.]*/.exec(system)
    return { platform: name.toLowerCase(), version: version?.[0] ?? '0' }
  },
  languages: () => [my.getSystemInfoSync().language],
  storage: {
    get: (key) => my.getStorageSync({ key }).data ?? undefined,
    set: (key, data) => my.setStorageSync({ key, data }),
    remove: (key) => my.removeStorageSync({ key }),
  },
  login: async () => ({ channel: 'alipay', code: await authCode('auth_base') }),
  identityCode: () => authCode('auth_user'),
  faceLink: () => undefined,
  showFace: (call) => (call.kind === 'page' && call.url ? openPage(my, call.url) : showFace(call)),
  savePicture,
  keepText: (text) =>
    new Promise((resolve, reject) => {
      my.setClipboard({ text, success: () => resolve('copied'), fail: reject })
    }),
  keepFile: (text) => new Promise((resolve, reject) => my.setClipboard({ text, success: () => resolve(), fail: reject })),
  setTitle: (title) => my.setNavigationBar({ title }),
  whenOnline: (back) => {
    const listener = ({ isConnected }: { isConnected: boolean }) => isConnected && back()
    my.onNetworkStatusChange(listener)
    return () => my.offNetworkStatusChange(listener)
  },
}
