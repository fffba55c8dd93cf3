import type { SignIn } from '../platform'

/** Redirects to the channel's page, which leads back here. The session is a cookie that scripts cannot read. */
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
