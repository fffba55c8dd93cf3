import type { SendRequest } from '../api/transport'
import type { Channel, Device, FaceCall, OwnerCall } from '../api/types'
import type { Receipt } from '../journey/receipt'
import type { Pages } from './pages'
import type { Storage } from './storage'

/** How the camera closed on this device. It is only a hint: the server queries the provider for the result. */
export type FaceHint = 'done' | 'cancelled' | 'not_passed' | 'elsewhere' | 'unsupported'

/** How a person signs in: with a code of the surrounding app, or on a page that sets a cookie. */
export type SignIn =
  | { by: 'code'; channel: Channel; code(): Promise<string>; device(): Device }
  | {
      by: 'page'
      redirect(): void
      /** Returns how the sign-in failed. Only the first call returns it. */
      takeError(): 'failed' | 'unavailable' | 'client_unknown' | undefined
    }

/** Whether a seal was made with a published key and fits its receipt. */
export type Seal = 'valid' | 'invalid'

/** The person declined a permission. */
export class DeclinedError extends Error {
  constructor() {
    super('declined')
  }
}

/** A picture or a video that the person picked. */
export interface PickedFile {
  /** In bytes. */
  size: number
  /** An address that shows it. Absent for a video. */
  preview?: string | undefined
  /** Returns a part in Base64. Both numbers are of bytes, and multiples of three but for the end of the file. */
  read(start: number, length: number): Promise<string>
  /** Returns a small copy of a picture, of at most so many pixels a side. Undefined if it cannot be decoded here, absent if nothing can. */
  pixels?(side: number): Promise<Pixels | undefined>
}

/** A picture as it is drawn. */
export interface Pixels {
  width: number
  height: number
  /** Four bytes a pixel, row by row. */
  rgba: ArrayLike<number>
  /** The picture that was picked. */
  photo: { width: number; height: number }
}

/** What the app needs from its platform. Each folder next to this file implements it with the API of one platform only. */
export interface Platform {
  send: SendRequest
  pages: Pages
  signIn: SignIn
  /** The type size of the device or of the surrounding app, where 1 is usual. Undefined if it is unknown. */
  typeSize(): number | undefined
  /** The languages of the device as BCP 47 tags, in order of preference. */
  languages(): string[]
  /** Each of its functions may throw, including get. */
  storage: Storage
  /** Storage that ends with the tab. Absent if the platform has no tabs. Each of its functions may throw. */
  tabStorage?: Storage
  /** Asks the person to share name and number from the account. Absent if the channel does not provide them. */
  requestIdentityCode?: () => Promise<string>
  /**
   * Opens the channel's mini-program, in which the person agrees to an owner check, and returns its code.
   * Rejects with DeclinedError if the person comes back without one. Absent if the channel has no such check.
   */
  requestOwnerCode?: (call: OwnerCall) => Promise<string>
  /** Opens the channel's camera, or redirects to a page that does. */
  startFaceCheck(call: FaceCall): Promise<FaceHint>
  /** Saves a picture (a data URL) to the album or as a download. Rejects if that is not allowed. */
  savePicture(data: string, name: string): Promise<void>
  /** Prints a short text on the web, and copies it elsewhere. */
  saveText(text: string): Promise<'printed' | 'copied'>
  /** Saves a longer text as a file on the web, and copies it elsewhere. */
  saveFile(text: string, name: string): Promise<'saved' | 'copied'>
  /** Saves a file. Absent if the platform keeps no files for the person. */
  saveBytes?: (bytes: ArrayBuffer, name: string, type: string) => void
  /** Copies a short text. Rejects if that is not allowed. */
  copyText(text: string): Promise<unknown>
  /** Lets the person pick a picture or a video. Returns undefined if they picked none. */
  pickFile(kind: 'picture' | 'video'): Promise<PickedFile | undefined>
  /**
   * Asks the person for one message of a template, and reports whether they agreed. WeChat shows the question only if
   * this is called at once in the handler of a tap. Absent if the channel or its version asks no such question.
   */
  subscribe?: ((template: string) => Promise<boolean>) | undefined
  /** Checks the seal of a receipt with the published keys. Absent if the platform has no cryptography. */
  checkSeal?: (receipt: Receipt) => Promise<Seal>
  /** Returns a picture of the QR code of a page's address. Absent if pages have none. */
  linkPicture?: (page: string) => Promise<string>
  /** Prints the page. Absent if the platform has no printer. */
  print?: () => void
  /** Sets the title of the page and its language. */
  setTitle(title: string, language: string): void
  /** Calls back when the network returns. Returns a function that unsubscribes. */
  onOnline(back: () => void): () => void
}
