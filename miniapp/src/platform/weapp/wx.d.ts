// The part of WeChat's API that the product calls, as its documentation gives it.
interface WxResult { errMsg: string }
interface WxOptions<R = WxResult> { success?: (result: R) => void; fail?: (reason: WxResult & { errCode?: number }) => void }
interface WxReply extends WxResult { statusCode: number; header: Record<string, unknown>; data: string | ArrayBuffer }

declare const wx: {
  request(options: WxOptions<WxReply> & {
    url: string; method: string; header: Record<string, string>; data?: string
    dataType: string; responseType: 'text' | 'arraybuffer'; timeout: number
  }): void
  login(options: WxOptions<WxResult & { code: string }>): void
  requestFacialVerify?: (options: WxOptions<WxResult & { errCode: number }> & { verifyId: string }) => void
  requestSubscribeMessage(options: WxOptions<WxResult & { [template: string]: string }> & { tmplIds: string[] }): void
  getSystemInfoSync(): { platform: string; system: string; language: string }
  getStorageSync(name: string): string
  setStorageSync(name: string, value: string): void
  removeStorageSync(name: string): void
  navigateTo(options: WxOptions & { url: string }): void
  setNavigationBarTitle(options: WxOptions & { title: string }): void
  setClipboardData(options: WxOptions & { data: string }): void
  saveImageToPhotosAlbum(options: WxOptions & { filePath: string }): void
  getFileSystemManager(): { writeFile(options: WxOptions & { filePath: string; data: string; encoding: 'base64' }): void }
  onNetworkStatusChange(listener: (status: { isConnected: boolean }) => void): void
  offNetworkStatusChange(listener: (status: { isConnected: boolean }) => void): void
  env: { USER_DATA_PATH: string }
}
