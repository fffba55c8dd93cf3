import type { FaceHint } from './platform'

/** The navigation that both mini-program platforms share in name and form. */
interface Navigator {
  navigateTo(options: { url: string; success?: () => void; fail?: () => void }): void
}

/** Opens a page of another house, such as an authority's face check, inside the mini-program. */
export function openPage(navigator: Navigator, url: string): Promise<FaceHint> {
  return new Promise((resolve) => {
    navigator.navigateTo({
      url: `/pages/web-page/index?url=${encodeURIComponent(url)}`,
      success: () => resolve('elsewhere'),
      fail: () => resolve('not_passed'),
    })
  })
}
