import type { OwnerCall } from '../../api/types'
import { DeclinedError } from '../platform'

/** Opens WeChat Pay's mini-program. It returns its code to the app, which WeChat then shows again. */
export function requestOwnerCode(call: OwnerCall): Promise<string> {
  return new Promise((resolve, reject) => {
    const back = (shown?: WxShown) => {
      wx.offAppShow?.(back)
      const code = shown?.referrerInfo?.extraData?.auth_code
      if (typeof code === 'string' && code !== '') resolve(code)
      else reject(new DeclinedError())
    }
    if (!wx.navigateToMiniProgram || !wx.onAppShow) {
      reject(new Error('no other mini-program can be opened'))
      return
    }
    wx.onAppShow(back)
    wx.navigateToMiniProgram({
      appId: call.app_id,
      path: call.path,
      extraData: call.extra_data,
      fail: () => {
        wx.offAppShow?.(back)
        reject(new DeclinedError())
      },
    })
  })
}
