import { type CardDraft, emptyCard } from '../journey/bank-card'
import { type Draft, documentTypes, emptyDraft } from '../journey/document'
import type { Storage } from '../platform/storage'

/** What a person has typed and not sent successfully. */
export interface Drafts {
  draft: Draft
  cardDraft: CardDraft
}

export const emptyDrafts: Drafts = { draft: emptyDraft, cardDraft: emptyCard }

/** How long drafts are kept after the last edit, in milliseconds. A session without activity ends at the same time. */
export const draftLifetime = 30 * 60_000

/** Drafts as they are stored, with the time of the last edit and the session in which they were typed. */
interface StoredDrafts extends Drafts {
  at: number
  session: string | undefined
}

const key = 'drafts'

/** Keeps drafts for a reload. Without a storage they are in memory only, and last as long as the app. */
export class DraftStorage {
  private timer: ReturnType<typeof setTimeout> | undefined

  /** `expire` is called when the drafts are too old. */
  constructor(
    private readonly storage: Storage | undefined,
    private readonly expire: () => void,
  ) {}

  /** Returns the stored drafts. Removes them if they are too old or cannot be read. */
  load(): Omit<StoredDrafts, 'at'> | undefined {
    const stored = parse(this.storage?.get(key))
    if (stored) this.expireAt(stored.at + draftLifetime)
    else this.storage?.remove(key)
    return stored
  }

  /** Stores the drafts, or removes them if they are empty. */
  save({ draft, cardDraft }: Drafts, session: string | undefined): void {
    clearTimeout(this.timer)
    if (!this.storage) return
    if (draft === emptyDraft && cardDraft === emptyCard) {
      this.storage.remove(key)
      return
    }
    const stored: StoredDrafts = { at: Date.now(), session, draft, cardDraft }
    this.storage.set(key, JSON.stringify(stored))
    this.expireAt(stored.at + draftLifetime)
  }

  private expireAt(time: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(this.expire, time - Date.now())
  }
}

function parse(text: string | undefined): StoredDrafts | undefined {
  if (text === undefined) return undefined
  try {
    const { at, session, draft, cardDraft } = JSON.parse(text) as StoredDrafts
    const age = Date.now() - at
    if (!(age >= 0 && age < draftLifetime) || !documentTypes.includes(draft.type)) return undefined
    return { at, session, draft: { ...emptyDraft, ...draft }, cardDraft: { ...emptyCard, ...cardDraft } }
  } catch {
    return undefined
  }
}
