// The part of Alipay's API that the app calls. Everything that devices omit from results is optional here, even if
// the documentation promises it.
interface MyReply {
  status?: number
  statusCode?: number
  headers?: Record<string, unknown> | null
  data?: unknown
}
interface MyFailure extends MyReply {
  error?: number
  errorCode?: number | string
  errorMessage?: string
}
interface MyOptions<R = unknown> {
  success?: (result?: R) => void
  fail?: (reason?: MyFailure) => void
}
interface MyVerified {
  resultStatus?: string
  result?: { certifyId?: string; errorCode?: string } | null
}
interface MySubscribed {
  behavior?: string
  result?: { subscribedEntityIds?: string[] } | null
}
interface MyStatus {
  isConnected?: boolean
}

interface MySystem {
  platform?: string | null
  system?: string | null
  language?: string | null
  fontSizeSetting?: number | null
}

declare const my: {
  request(
    options: MyOptions<MyReply> & {
      url: string
      method: string
      headers: Record<string, string>
      data?: string | undefined
      dataType: 'text' | 'arraybuffer'
      timeout: number
    },
  ): void
  getAuthCode(options: MyOptions<{ authCode?: string }> & { scopes: string[] }): void
  startAPVerify?: (options: { certifyId: string; url: string }, callback: (result?: MyVerified) => void) => void
  call(name: 'startBizService', options: MyOptions<MyVerified> & { name: 'open-certify'; param: string }): void
  requestSubscribeMessage?: (options: MyOptions<MySubscribed> & { entityIds: string[] }) => void
  getSystemInfoSync(): MySystem | null | undefined
  getStorageSync(options: { key: string }): { data?: string | null } | null | undefined
  setStorageSync(options: { key: string; data: string }): void
  removeStorageSync(options: { key: string }): void
  navigateTo(options: MyOptions & { url: string }): void
  setNavigationBar(options: { title: string }): void
  setClipboard(options: MyOptions & { text: string }): void
  chooseImage(
    options: MyOptions<{ apFilePaths?: string[]; tempFilePaths?: string[] }> & { count: number; sizeType: string[] },
  ): void
  chooseVideo(options: MyOptions<{ tempFilePath?: string }> & { maxDuration: number }): void
  saveImageToPhotosAlbum(options: MyOptions & { filePath: string }): void
  getFileSystemManager(): {
    readFile(options: MyOptions<{ data?: string }> & { filePath: string; encoding: 'base64' }): void
    writeFile(options: MyOptions & { filePath: string; data: string; encoding: 'base64' }): void
  }
  onNetworkStatusChange(listener: (status?: MyStatus) => void): void
  offNetworkStatusChange(listener: (status?: MyStatus) => void): void
  env: { USER_DATA_PATH: string }
}
