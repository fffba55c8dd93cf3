/** Saves a picture to the album. The base library accepts files only, so the picture is written to a file first. */
export function savePicture(data: string, name: string): Promise<void> {
  const filePath = `${my.env.USER_DATA_PATH}/${name}`
  return new Promise((resolve, reject) => {
    my.getFileSystemManager().writeFile({
      filePath,
      data: data.slice(data.indexOf(',') + 1),
      encoding: 'base64',
      fail: reject,
      success: () => my.saveImageToPhotosAlbum({ filePath, success: () => resolve(), fail: reject }),
    })
  })
}
