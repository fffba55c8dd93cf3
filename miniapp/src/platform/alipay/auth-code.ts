import { NetworkError } from '../../api/errors'
import { DeclinedError } from '../platform'

const networkLost = 12

/** Requests an authorization code. auth_base is silent, auth_user asks the person. */
export function authCode(scope: 'auth_base' | 'auth_user'): Promise<string> {
  return new Promise((resolve, reject) => {
    my.getAuthCode({
      scopes: [scope],
      success: (result) => (result?.authCode ? resolve(result.authCode) : reject(new DeclinedError())),
      // Every way to close the question, even the back key, means no. A lost network does not.
      fail: (reason) => reject(reason?.error === networkLost ? new NetworkError() : new DeclinedError()),
    })
  })
}
