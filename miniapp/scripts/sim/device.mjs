// The phone that a bundle runs on, and what its owner allows. A play changes it; opened again, a bundle finds it as it was.

/** `part` is what differs from a phone on which everything works. */
export function newDevice(part = {}) {
  const device = {
    kept: new Map(),
    files: new Map(),
    clipboard: [],
    album: [],
    sent: [],
    listeners: new Set(),
    language: undefined,
    system: undefined,
    online: true,
    copies: true,
    savesPictures: true,
    signsIn: true,
    givesIdentity: true,
    faces: [], // what the person does before the camera, the next one first; shows the face where nothing is left
    ...part,
    connect() {
      device.online = true
      for (const listener of device.listeners) listener({ isConnected: true })
    },
  }
  return device
}

/** What both platforms call by other names: it ends in `success` where the phone does it. */
export const end = ({ success, fail }, done, reason) => (done ? success?.({}) : fail?.(reason))

/** Calls `fail` as a platform does, after the call has returned. */
export function later(fail, reason) {
  setTimeout(() => fail(reason), 0)
  return {}
}

/** The files of the app, and the album of the phone. */
export function pictures(device, reason) {
  return {
    getFileSystemManager: () => ({
      writeFile({ filePath, data, ...options }) {
        device.files.set(filePath, data)
        end(options, true)
      },
    }),
    saveImageToPhotosAlbum({ filePath, ...options }) {
      if (device.savesPictures) device.album.push(device.files.get(filePath))
      end(options, device.savesPictures, reason)
    },
  }
}
