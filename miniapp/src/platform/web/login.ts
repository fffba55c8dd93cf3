import { phone } from '@sandbox'
import type { Login } from '../platform'

const parameter = 'auth_code'

/** Takes the code that the channel's sign-in page has sent the browser back with. It is good for one use. */
export async function login(): Promise<Login | undefined> {
  if (phone) return phone.login()
  const query = new URLSearchParams(location.search)
  const code = query.get(parameter)
  if (!code) return undefined
  history.replaceState(history.state, '', location.pathname + location.hash)
  return { channel: 'web', code }
}

/** A page of the server begins the sign-in, since it binds the state to a cookie. */
export const signIn = WEB_SIGN_IN && !phone ? () => location.assign(WEB_SIGN_IN) : undefined

/** The web channel has no name and number to give; the sandbox plays a channel that has. */
export const identityCode = phone?.identityCode
