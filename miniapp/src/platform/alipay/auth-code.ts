import { NetworkError } from '../../api/errors'
import { DeclinedError } from '../platform'

const networkLost = 12

/** Asks for a code: auth_base silently, auth_user with a question to the person. */
export function authCode(scope: 'auth_base' | 'auth_user'): Promise<string> {
  return new Promise((resolve, reject) => {
    my.getAuthCode({
      scopes: [scope],
      success: (result) => (result?.authCode ? resolve(result.authCode) : reject(new DeclinedError())),
      // Whatever closes the question, even the back key, is a no; only a lost network is none.
      fail: (reason) => reject(reason?.error === networkLost ? new NetworkError() : new DeclinedError()),
    })
  })
}
