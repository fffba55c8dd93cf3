import type { Storage } from '../storage'

/** What a person was about to open. It must survive the sign-in, and is not personal. */
const inCookies = ['invitation', 'target', 'waiting', 'session']

/**
 * Session storage, because a shared computer must not remember a person after the tab is closed. Some web views have none
 * and have cookies, without which nobody could sign in. There a cookie has what must survive the sign-in, until the
 * browser is closed.
 */
export const storage: Storage = {
  get: (name) => {
    if (!inCookies.includes(name)) return sessionStorage.getItem(name) ?? undefined
    try {
      const stored = sessionStorage.getItem(name)
      if (stored !== null) return stored
    } catch {
      // It may be in a cookie.
    }
    return cookie(name)
  },
  set: (name, value) => {
    try {
      sessionStorage.setItem(name, value)
    } catch (error) {
      if (!inCookies.includes(name)) throw error
      // biome-ignore lint/suspicious/noDocumentCookie: the browsers that need it are too old for the Cookie Store API
      document.cookie = `${cookieOf(name)}=${encodeURIComponent(value)}; Path=/; Secure; SameSite=Strict`
    }
  },
  remove: (name) => {
    // biome-ignore lint/suspicious/noDocumentCookie: as above
    if (inCookies.includes(name)) document.cookie = `${cookieOf(name)}=; Path=/; Secure; SameSite=Strict; Max-Age=0`
    sessionStorage.removeItem(name)
  },
}

/** With this prefix, browsers restrict a cookie to this host and to https. */
function cookieOf(name: string): string {
  return `__Host-${name}-waits`
}

function cookie(name: string): string | undefined {
  const prefix = `${cookieOf(name)}=`
  const pair = document.cookie.split('; ').find((one) => one.startsWith(prefix))
  return pair && decodeURIComponent(pair.slice(prefix.length))
}
