import type { SignIn } from '../platform'
import { leave, takeReturnedQuery } from './leave'

/** Redirects to the channel's page, which leads back here. The session is a cookie that scripts cannot read. */
export const signIn: SignIn = {
  by: 'page',
  redirect: () => leave(`${API_BASE}/v1/web/login`),
  takeError: () => {
    const result = new URLSearchParams(takeReturnedQuery()).get('login')
    if (result === null) return undefined
    history.replaceState(history.state, '', location.pathname + location.hash)
    return result === 'unavailable' || result === 'client_unknown' ? result : 'failed'
  },
}
