import type { PickedFile } from '../platform'

/** Opens WeChat's album or camera. */
export function pickFile(kind: 'picture' | 'video'): Promise<PickedFile | undefined> {
  return new Promise((resolve, reject) => {
    wx.chooseMedia({
      count: 1,
      mediaType: [kind === 'video' ? 'video' : 'image'],
      sizeType: ['compressed'],
      maxDuration: 60,
      success: (result) => {
        const file = result?.tempFiles?.[0]
        resolve(file?.tempFilePath && file.size ? picked(file.tempFilePath, file.size, kind) : undefined)
      },
      fail: (reason) => (/cancel/.test(reason?.errMsg ?? '') ? resolve(undefined) : reject(new Error('no file'))),
    })
  })
}

function picked(filePath: string, size: number, kind: 'picture' | 'video'): PickedFile {
  return {
    size,
    preview: kind === 'picture' ? filePath : undefined,
    read: (position, length) =>
      new Promise((resolve, reject) => {
        wx.getFileSystemManager().readFile({
          filePath,
          encoding: 'base64',
          position,
          length: Math.min(length, size - position),
          success: (result) => resolve(result?.data ?? ''),
          fail: () => reject(new Error('the file cannot be read')),
        })
      }),
  }
}
