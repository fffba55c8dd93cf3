import { deviceOf, systemOf } from '../mini/system'
import type { SignIn } from '../platform'
import { authCode } from './auth-code'

export const signIn: SignIn = {
  by: 'code',
  channel: 'alipay',
  code: () => authCode('auth_base'),
  device: () => deviceOf(systemOf(() => my.getSystemInfoSync())),
}
