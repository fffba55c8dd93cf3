import type { SignIn } from '../platform'

/** The server leads to the channel's page and back here; the session is a cookie that no script reads. */
export const signIn: SignIn = {
  by: 'page',
  redirect: () => location.assign(`${API_BASE}/v1/web/login`),
  takeError: () => {
    const result = new URLSearchParams(location.search).get('login')
    if (result === null) return undefined
    history.replaceState(history.state, '', location.pathname + location.hash)
    return result === 'unavailable' ? 'unavailable' : 'failed'
  },
}
