import { pages } from '../mini/pages'
import { languagesOf, systemOf } from '../mini/system'
import { openPage } from '../mini/web-page'
import type { Platform } from '../platform'
import { authCode } from './auth-code'
import { showFace } from './face'
import { pickFile } from './files'
import { savePicture } from './picture'
import { send } from './send'
import { signIn } from './sign-in'
import { subscribe } from './subscribe'
import { typeSize } from './type-size'

function copy(text: string): Promise<'copied'> {
  return new Promise((resolve, reject) => {
    my.setClipboard({ text, success: () => resolve('copied'), fail: () => reject(new Error('not copied')) })
  })
}

export const platform: Platform = {
  send,
  pages,
  signIn,
  typeSize,
  languages: () => languagesOf(systemOf(() => my.getSystemInfoSync())),
  storage: {
    get: (key) => my.getStorageSync({ key })?.data ?? undefined,
    set: (key, data) => my.setStorageSync({ key, data }),
    remove: (key) => my.removeStorageSync({ key }),
  },
  requestIdentityCode: () => authCode('auth_user'),
  startFaceCheck: (call) => (call.kind === 'page' && call.url ? openPage(my, call.url) : showFace(call)),
  savePicture,
  copyText: copy,
  pickFile,
  saveText: copy,
  saveFile: copy,
  // Before 2.7.10 the base library has no such question.
  get subscribe() {
    return my.requestSubscribeMessage && subscribe
  },
  setTitle: (title) => my.setNavigationBar({ title }),
  onOnline: (back) => {
    const listener = (status?: MyStatus) => status?.isConnected && back()
    my.onNetworkStatusChange(listener)
    return () => my.offNetworkStatusChange(listener)
  },
}
