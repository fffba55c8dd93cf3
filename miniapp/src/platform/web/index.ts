import type { Platform } from '../platform'
import { device } from './device'
import { identityCode, login, signIn } from './login'
import { send } from './send'
import { storage } from './storage'

export const platform: Platform = {
  send,
  device,
  languages: () => [...navigator.languages],
  storage,
  login,
  signIn,
  identityCode,
  faceLink: (call) => call.url,
  // The link is the way; nothing can be opened from here without it.
  showFace: async () => 'elsewhere',
  savePicture: async (data, name) => {
    const link = document.createElement('a')
    link.href = data
    link.download = name
    link.click()
  },
  keepText: async () => {
    window.print()
    return 'printed'
  },
  setTitle: (title) => {
    document.title = title
  },
  whenOnline: (back) => {
    window.addEventListener('online', back)
    return () => window.removeEventListener('online', back)
  },
}
