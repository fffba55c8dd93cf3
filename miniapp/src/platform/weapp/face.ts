import type { FaceCall } from '../../api/types'
import type { FaceHint } from '../platform'

const cancelled = /cancel/i
const cancelCodes = [90002, 90003, 90004, 90005, 90006]

/** Shows WeChat's face check, which exists from base library 3.8.12 on. It returns no promise. */
export function showFace(call: FaceCall): Promise<FaceHint> {
  return new Promise((resolve) => {
    const verifyId = call.certify_id
    if (!wx.requestFacialVerify || !verifyId) {
      resolve(verifyId ? 'unsupported' : 'not_passed')
      return
    }
    wx.requestFacialVerify({
      verifyId,
      success: () => resolve('done'),
      fail: (reason) => {
        const left = cancelled.test(reason?.errMsg ?? '') || cancelCodes.includes(reason?.errCode ?? 0)
        resolve(left ? 'cancelled' : 'not_passed')
      },
    })
  })
}
