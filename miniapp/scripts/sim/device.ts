// The phone that a bundle runs on, and what its owner allows. A scenario changes it; a bundle that is opened again finds
// it as it was.

type Listener = (status?: { isConnected?: boolean }) => void

interface SentRequest {
  method: string
  path: string
  data: string | undefined
  headers: Record<string, string>
}

/** What the person does in front of the camera. */
export type FaceAction = 'pass' | 'fail' | 'cancel' | 'closes'

export interface Device {
  kept: Map<string, string>
  files: Map<string, string>
  clipboard: string[]
  album: string[]
  /** The paths of the files that the person picks, in order. After the last one the choice is left. */
  picks: string[]
  sent: SentRequest[]
  listeners: Set<Listener>
  language: string | undefined
  system: string | undefined
  /** The type size that is set in the app around the mini-program, where 1 is usual. */
  typeSize: number
  online: boolean
  copies: boolean
  savesPictures: boolean
  signsIn: boolean
  givesIdentity: boolean
  /** What the person does in WeChat Pay's mini-program, in order. After the last one the person agrees. */
  consents: ('agree' | 'leave' | 'stay')[]
  /** What the person does in front of the camera, in order. After the last one the face is shown. */
  faces: FaceAction[]
  /** Functions of the platform that this phone does not have, or has in another form. */
  api: Record<string, unknown>
  /** Connects the phone to the network again. */
  connect(): void
}

/** `part` is what differs from a phone on which everything works. */
export function newDevice(part: Partial<Device> = {}): Device {
  const device: Device = {
    kept: new Map(),
    files: new Map(),
    clipboard: [],
    album: [],
    picks: [],
    sent: [],
    listeners: new Set(),
    language: undefined,
    system: undefined,
    typeSize: 1,
    online: true,
    copies: true,
    savesPictures: true,
    signsIn: true,
    givesIdentity: true,
    consents: [],
    faces: [],
    api: {},
    connect() {
      device.online = true
      for (const listener of device.listeners) listener({ isConnected: true })
    },
    ...part,
  }
  return device
}

interface Callbacks<Reason> {
  success?: (result?: never) => void
  fail?: (reason: Reason) => void
}

/** Calls `success` if the phone did what it was asked for, and `fail` otherwise. */
export function end<Reason>({ success, fail }: Callbacks<Reason>, done: boolean, reason: Reason): void {
  if (done) success?.()
  else fail?.(reason)
}

/** Calls `fail` as a platform does, after the call has returned. */
export function failLater<Reason>(fail: ((reason: Reason) => void) | undefined, reason: Reason): void {
  setTimeout(() => fail?.(reason), 0)
}

/** The files of the app, and the album of the phone. */
export function pictures<Reason>(device: Device, reason: Reason) {
  return {
    getFileSystemManager: () => ({
      readFile({
        filePath,
        position = 0,
        length,
        success,
        fail,
      }: {
        filePath: string
        position?: number
        length?: number
        success?: (result: { data: string }) => void
        fail?: (reason: Reason) => void
      }) {
        const data = device.files.get(filePath)
        if (data === undefined) return void fail?.(reason)
        const bytes = Buffer.from(data, 'base64').subarray(
          position,
          length === undefined ? undefined : position + length,
        )
        setTimeout(() => success?.({ data: bytes.toString('base64') }), 0)
      },
      writeFile({ filePath, data, ...options }: Callbacks<Reason> & { filePath: string; data: string }) {
        device.files.set(filePath, data)
        end(options, true, reason)
      },
    }),
    saveImageToPhotosAlbum({ filePath, ...options }: Callbacks<Reason> & { filePath: string }) {
      if (device.savesPictures) device.album.push(device.files.get(filePath) ?? '')
      end(options, device.savesPictures, reason)
    },
  }
}
