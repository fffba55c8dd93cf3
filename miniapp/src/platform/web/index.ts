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
  savePicture: async (data, name) => download(data, name),
  keepText: async () => {
    window.print()
    return 'printed'
  },
  keepFile: async (text, name) => {
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    download(address, name)
    setTimeout(() => URL.revokeObjectURL(address), 0)
  },
  setTitle: (title, language) => {
    document.title = title
    document.documentElement.lang = language
  },
  whenOnline: (back) => {
    window.addEventListener('online', back)
    return () => window.removeEventListener('online', back)
  },
}

function download(href: string, name: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
}
