// The part of WeChat's API that the app calls. Everything that devices omit from results is optional here, even if
// the documentation promises it.
interface WxResult {
  errMsg?: string
}
interface WxStatus {
  isConnected?: boolean
}
interface WxOptions<R = WxResult> {
  success?: (result?: R) => void
  fail?: (reason?: WxResult & { errCode?: number }) => void
}
interface WxReply extends WxResult {
  statusCode?: number
  header?: Record<string, unknown> | null
  data?: unknown
}

interface WxSystem {
  platform?: string | null
  system?: string | null
  language?: string | null
  fontSizeSetting?: number | null
  fontSizeScaleFactor?: number | null
}

interface WxShown {
  referrerInfo?: { appId?: string; extraData?: Record<string, unknown> | null } | null
}

declare const wx: {
  request(
    options: WxOptions<WxReply> & {
      url: string
      method: string
      header: Record<string, string>
      data?: string | undefined
      dataType: string
      responseType: 'text' | 'arraybuffer'
      timeout: number
    },
  ): void
  login(options: WxOptions<WxResult & { code?: string }>): void
  requestFacialVerify?: (options: WxOptions<WxResult & { errCode?: number }> & { verifyId: string }) => void
  navigateToMiniProgram?: (
    options: WxOptions & { appId: string; path: string; extraData: Record<string, string> },
  ) => void
  onAppShow?: (listener: (shown?: WxShown) => void) => void
  offAppShow?: (listener: (shown?: WxShown) => void) => void
  requestSubscribeMessage(options: WxOptions<{ [template: string]: string | undefined }> & { tmplIds: string[] }): void
  getSystemInfoSync(): WxSystem | null | undefined
  getAppBaseInfo?: () => WxSystem | null | undefined
  getStorageSync(name: string): string | null | undefined
  setStorageSync(name: string, value: string): void
  removeStorageSync(name: string): void
  navigateTo(options: WxOptions & { url: string }): void
  setNavigationBarTitle(options: WxOptions & { title: string }): void
  setClipboardData(options: WxOptions & { data: string }): void
  chooseMedia(
    options: WxOptions<WxResult & { tempFiles?: { tempFilePath?: string; size?: number }[] }> & {
      count: number
      mediaType: ('image' | 'video')[]
      sizeType: string[]
      maxDuration: number
    },
  ): void
  saveImageToPhotosAlbum(options: WxOptions & { filePath: string }): void
  getFileSystemManager(): {
    readFile(
      options: WxOptions<WxResult & { data?: string }> & {
        filePath: string
        encoding: 'base64'
        position: number
        length: number
      },
    ): void
    writeFile(options: WxOptions & { filePath: string; data: string; encoding: 'base64' }): void
  }
  onNetworkStatusChange(listener: (status?: WxStatus) => void): void
  offNetworkStatusChange(listener: (status?: WxStatus) => void): void
  env: { USER_DATA_PATH: string }
}
