import type { PickedFile } from '../platform'

/** Opens Alipay's album or camera. */
export async function pickFile(kind: 'picture' | 'video'): Promise<PickedFile | undefined> {
  const path = await (kind === 'video' ? video() : picture())
  if (!path) return undefined
  // The base library reads whole files only, so the parts are cut from their Base64.
  const content = await base64Of(path)
  const padding = content.endsWith('==') ? 2 : content.endsWith('=') ? 1 : 0
  return {
    size: (content.length / 4) * 3 - padding,
    preview: kind === 'picture' ? path : undefined,
    read: async (start, length) => content.slice((start / 3) * 4, Math.ceil((start + length) / 3) * 4),
  }
}

function picture(): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    my.chooseImage({
      count: 1,
      sizeType: ['compressed'],
      success: (result) => resolve(result?.apFilePaths?.[0] ?? result?.tempFilePaths?.[0]),
      fail: (reason) => (reason?.error === cancelled ? resolve(undefined) : reject(new Error('no file'))),
    })
  })
}

function video(): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    my.chooseVideo({
      maxDuration: 60,
      success: (result) => resolve(result?.tempFilePath),
      fail: (reason) => (reason?.error === cancelled ? resolve(undefined) : reject(new Error('no file'))),
    })
  })
}

const cancelled = 11 // the code of Alipay for a choice that the person left

function base64Of(filePath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    my.getFileSystemManager().readFile({
      filePath,
      encoding: 'base64',
      success: (result) => resolve(result?.data ?? ''),
      fail: () => reject(new Error('the file cannot be read')),
    })
  })
}
