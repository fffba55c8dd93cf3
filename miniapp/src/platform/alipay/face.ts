import type { FaceCall } from '../../api/types'
import type { FaceHint } from '../platform'

const passed = '9000'
const left = '6001'

/** Shows Alipay's face check. Older clients start it as a service by name. */
export function showFace(call: FaceCall): Promise<FaceHint> {
  const options = { certifyId: call.certify_id ?? '', url: call.url ?? '' }
  return new Promise((resolve) => {
    const tell = (result?: MyVerified) => {
      const status = String(result?.resultStatus)
      resolve(status === passed ? 'done' : status === left ? 'cancelled' : 'not_passed')
    }
    if (my.startAPVerify) {
      my.startAPVerify(options, tell)
      return
    }
    my.call('startBizService', {
      name: 'open-certify',
      param: JSON.stringify(options),
      success: tell,
      fail: () => resolve('not_passed'),
    })
  })
}
