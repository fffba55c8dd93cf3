import type { Send } from '../api/transport'
import type { Channel, Device, FaceCall } from '../api/types'

/** What the client was told when the camera closed. Only a hint: the server asks the provider itself. */
export type FaceHint = 'done' | 'cancelled' | 'not_passed' | 'elsewhere'

/** A fresh authorization code and the channel that gave it. */
export interface Login {
  channel: Channel
  code: string
}

/** The person did not allow what was asked. */
export class DeclinedError extends Error {
  constructor() {
    super('declined')
  }
}

/** What the product needs of the place it runs in. Each folder beside this file fills it with its own API alone. */
export interface Platform {
  send: Send
  device(): Device
  /** Languages of the device, the first one first, as BCP 47 tags. */
  languages(): string[]
  storage: { get(name: string): string | undefined; set(name: string, value: string): void; remove(name: string): void }
  /** Gives undefined where the person has to sign in elsewhere first; see signIn. */
  login(): Promise<Login | undefined>
  /** Leads to where the channel signs people in; undefined where login needs nothing. */
  signIn?: () => void
  /** Asks the person for name and number as the channel knows them; undefined where the channel has none to give. */
  identityCode?: () => Promise<string>
  /** Where the face is shown on a page of its own that the person opens by a link. */
  faceLink(call: FaceCall): string | undefined
  /** Opens the camera of the channel. */
  showFace(call: FaceCall): Promise<FaceHint>
  /** Saves a picture (a data address) where the person finds it again. Rejects where that is not allowed. */
  savePicture(data: string, name: string): Promise<void>
  /** Lets the person keep a short text: printed on the web, copied elsewhere. */
  keepText(text: string): Promise<'printed' | 'copied'>
  /** Lets the person keep a text of some length: a file on the web, copied elsewhere. */
  keepFile(text: string, name: string): Promise<void>
  /** Asks whether news may be sent; undefined where the channel sends none. */
  remind?: () => Promise<void>
  /** Names the screen, and the language that it is in. */
  setTitle(title: string, language: string): void
  /** Calls back when the network returns. Gives what ends that. */
  whenOnline(back: () => void): () => void
}
