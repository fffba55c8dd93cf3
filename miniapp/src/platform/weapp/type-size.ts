import { systemOf } from '../mini/system'

const usual = 17 // px on iOS, of which WeChat's own factor is a multiple

/** Returns the type size that is set in WeChat: a factor, or the size in px with older clients. */
export function typeSize(): number | undefined {
  const { fontSizeScaleFactor, fontSizeSetting } = systemOf(() => wx.getAppBaseInfo?.() ?? wx.getSystemInfoSync())
  return fontSizeScaleFactor ?? (fontSizeSetting ? fontSizeSetting / usual : undefined)
}
