import type { Platform } from '../platform'
import { leave } from './leave'
import { pages } from './pages'
import { send } from './send'
import { signIn } from './sign-in'
import { storage } from './storage'

export const platform: Platform = {
  send,
  pages,
  signIn,
  // The type size that is set in the browser. The style sheets do not change it.
  typeSize: () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || undefined,
  languages: () => [...(navigator.languages ?? [navigator.language])].filter(Boolean),
  storage,
  tabStorage: storage,
  copyText: (text) => navigator.clipboard.writeText(text),
  // Only an appeal needs files.
  pickFile: async (kind) => (await import('./files')).pickFile(kind),
  startFaceCheck: async ({ url }) => {
    if (!url) return 'not_passed'
    leave(url) // the page leads back here, and the app resumes
    return 'elsewhere'
  },
  savePicture: async (data, name) => download(data, name),
  saveText: async () => {
    window.print()
    return 'printed'
  },
  saveFile: async (text, name) => {
    save(new Blob([text], { type: 'application/json' }), name)
    return 'saved'
  },
  saveBytes: (bytes, name, type) => save(new Blob([bytes], { type }), name),
  // Only the page of a record needs these two, and loads them.
  checkSeal: async (receipt) => (await import('./seal')).checkSeal(receipt),
  linkPicture: async (page) => (await import('./qr-code')).qrCode(`${location.origin}${location.pathname}#${page}`),
  print: () => window.print(),
  setTitle: (title, language) => {
    document.title = title
    document.documentElement.lang = language
  },
  onOnline: (back) => {
    window.addEventListener('online', back)
    return () => window.removeEventListener('online', back)
  },
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  download(address, name)
  setTimeout(() => URL.revokeObjectURL(address), 0)
}

function download(href: string, name: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
}
