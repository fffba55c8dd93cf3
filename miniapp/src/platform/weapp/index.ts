import { pages } from '../mini/pages'
import { languagesOf, systemOf } from '../mini/system'
import { openPage } from '../mini/web-page'
import type { Platform } from '../platform'
import { showFace } from './face'
import { pickFile } from './files'
import { requestOwnerCode } from './owner'
import { savePicture } from './picture'
import { send } from './send'
import { signIn } from './sign-in'
import { subscribe } from './subscribe'
import { typeSize } from './type-size'

function copy(data: string): Promise<'copied'> {
  return new Promise((resolve, reject) => {
    wx.setClipboardData({ data, success: () => resolve('copied'), fail: () => reject(new Error('not copied')) })
  })
}

export const platform: Platform = {
  send,
  pages,
  signIn,
  typeSize,
  languages: () => languagesOf(systemOf(() => wx.getSystemInfoSync())),
  storage: {
    get: (name) => wx.getStorageSync(name) || undefined,
    set: (name, value) => wx.setStorageSync(name, value),
    remove: (name) => wx.removeStorageSync(name),
  },
  startFaceCheck: (call) => (call.kind === 'page' && call.url ? openPage(wx, call.url) : showFace(call)),
  savePicture,
  copyText: copy,
  pickFile,
  saveText: copy,
  saveFile: copy,
  subscribe,
  requestOwnerCode,
  setTitle: (title) => wx.setNavigationBarTitle({ title }),
  onOnline: (back) => {
    const listener = (status?: WxStatus) => status?.isConnected && back()
    wx.onNetworkStatusChange(listener)
    return () => wx.offNetworkStatusChange(listener)
  },
}
