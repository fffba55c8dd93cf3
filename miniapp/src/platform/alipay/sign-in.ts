import type { SignIn } from '../platform'
import { authCode } from './auth-code'

export const signIn: SignIn = {
  by: 'code',
  channel: 'alipay',
  code: () => authCode('auth_base'),
  device: () => {
    const { platform, system } = my.getSystemInfoSync()
    // Either the bare version, or the word of the system before it.
    const version = /\d[\d.]*/.exec(system)
    return { platform: platform.toLowerCase(), version: version?.[0] ?? '0' }
  },
}
