import Taro from '@tarojs/taro'
import type { Pages } from '../pages'

/** The page stack of a mini-program. */
export const pages: Pages = {
  addresses: () => Taro.getCurrentPages().map((page) => page.$taroPath ?? ''),
  push: (url) => Taro.navigateTo({ url }),
  replace: (url) => Taro.redirectTo({ url }),
  reset: (url) => Taro.reLaunch({ url }),
  pop: (delta) => Taro.navigateBack({ delta }),
}
