import type { FaceHint } from '../platform'

/** The navigation function that both mini-program platforms share. */
interface Navigator {
  navigateTo(options: { url: string; success?: () => void; fail?: () => void }): void
}

/** Opens an external page, such as an authority's face check, inside the mini-program. */
export function openPage(navigator: Navigator, url: string): Promise<FaceHint> {
  return new Promise((resolve) => {
    navigator.navigateTo({
      url: `/pages/web-page/index?url=${encodeURIComponent(url)}`,
      success: () => resolve('elsewhere'),
      fail: () => resolve('not_passed'),
    })
  })
}
