import type { SendRequest } from '../api/transport'
import type { Channel, Device, FaceCall } from '../api/types'
import type { Storage } from './storage'

/** What the client was told when the camera closed. Only a hint: the server asks the provider itself. */
export type FaceHint = 'done' | 'cancelled' | 'not_passed' | 'elsewhere' | 'unsupported'

/** How a person gets a session: a code of the app that the client runs in, or a page that leaves a cookie. */
export type SignIn =
  | { by: 'code'; channel: Channel; code(): Promise<string>; device(): Device }
  | {
      by: 'page'
      redirect(): void
      /** What went wrong on the way back, told once. */
      takeError(): 'failed' | 'unavailable' | undefined
    }

/** The person did not allow what was asked. */
export class DeclinedError extends Error {
  constructor() {
    super('declined')
  }
}

/** What the product needs of the place it runs in. Each folder beside this file fills it with its own API alone. */
export interface Platform {
  send: SendRequest
  signIn: SignIn
  /** Languages of the device, the first one first, as BCP 47 tags. */
  languages(): string[]
  /** Any of its functions may throw, even get. */
  storage: Storage
  /** Asks the person for name and number as the channel knows them; undefined where the channel has none to give. */
  requestIdentityCode?: () => Promise<string>
  /** Shows the camera of the channel, or leads to a page that does. */
  startFaceCheck(call: FaceCall): Promise<FaceHint>
  /** Saves a picture (a data address) where the person finds it again. Rejects where that is not allowed. */
  savePicture(data: string, name: string): Promise<void>
  /** Lets the person keep a short text: printed on the web, copied elsewhere. */
  saveText(text: string): Promise<'printed' | 'copied'>
  /** Lets the person keep a text of some length: a file on the web, copied elsewhere. */
  saveFile(text: string, name: string): Promise<'saved' | 'copied'>
  /**
   * Asks the person for one message of a template, and reports whether they agreed. WeChat shows the question only if
   * this is called at once in the handler of a tap. Absent if the channel sends no messages.
   */
  subscribe?: (template: string) => Promise<boolean>
  /** Names the screen, and the language that it is in. */
  setTitle(title: string, language: string): void
  /** Calls back when the network returns. Gives what ends that. */
  onOnline(back: () => void): () => void
}
