// The part of Alipay's API that the product calls, as its documentation gives it.
interface MyFailure { error?: number; errorMessage?: string; status?: number; data?: string | ArrayBuffer; headers?: Record<string, unknown> }
interface MyOptions<R = unknown> { success?: (result: R) => void; fail?: (reason: MyFailure) => void }
interface MyReply { status?: number; statusCode?: number; headers: Record<string, unknown>; data: string | ArrayBuffer }
interface MyVerified { resultStatus: string; result?: { certifyId?: string; errorCode?: string } | null }

declare const my: {
  request(options: MyOptions<MyReply> & {
    url: string; method: string; headers: Record<string, string>; data?: string
    dataType: 'text' | 'arraybuffer'; timeout: number
  }): void
  getAuthCode(options: MyOptions<{ authCode?: string }> & { scopes: string[] }): void
  startAPVerify?: (options: { certifyId: string; url: string }, callback: (result: MyVerified) => void) => void
  call(name: 'startBizService', options: MyOptions<MyVerified> & { name: 'open-certify'; param: string }): void
  getSystemInfoSync(): { platform: string; system: string; language: string }
  getStorageSync(options: { key: string }): { data: string | null }
  setStorageSync(options: { key: string; data: string }): void
  removeStorageSync(options: { key: string }): void
  navigateTo(options: MyOptions & { url: string }): void
  setNavigationBar(options: { title: string }): void
  setClipboard(options: MyOptions & { text: string }): void
  saveImageToPhotosAlbum(options: MyOptions & { filePath: string }): void
  getFileSystemManager(): { writeFile(options: MyOptions & { filePath: string; data: string; encoding: 'base64' }): void }
  onNetworkStatusChange(listener: (status: { isConnected: boolean }) => void): void
  offNetworkStatusChange(listener: (status: { isConnected: boolean }) => void): void
  env: { USER_DATA_PATH: string }
}
