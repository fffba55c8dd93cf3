import { platform } from '@platform'
import { useSyncExternalStore } from 'react'
import type { Attempt, Authority, Failure, Session, Todo, Verification } from '../api/types'
import { type CardDraft, emptyCard } from '../journey/bank-card'
import { type Draft, emptyDraft } from '../journey/document'
import type { FailureDetails } from '../journey/failure'
import type { RejectedField } from '../journey/invalid-values'
import { startsElder } from '../journey/type-size'
import { createSafeStorage } from '../platform/storage'
import { type Language, languageOf, languages } from '../strings/table'
import { DraftStorage, emptyDrafts } from './draft-storage'

/** Why the person was led to another screen. */
export type Message =
  | 'declined'
  | 'prefillAbsent'
  | 'rememberedAbsent'
  | 'forgotten'
  | 'accessEnded'
  | 'sessionEnded'
  | 'signInFailed'
  | 'signInUnavailable'
  | 'contentChanged'
  | 'verificationEnded'

/**
 * The state of the app. Storage contains ids, the token and the display settings. Personal data is in memory, and on the
 * web what is being typed is kept in the tab as well.
 */
export interface AppState {
  language: Language
  elder: boolean
  typeSize: number | undefined // of the device, when the app was opened
  authority: Authority | undefined // in the language of the screen, once it is loaded
  session: Session | undefined
  verification: Verification | undefined
  attempt: Attempt | undefined // the last attempt
  blocked: FailureDetails | undefined // a problem that stopped the person before an attempt
  lifting: boolean // the next verification is to lift the freeze of the person's number
  draft: Draft
  cardDraft: CardDraft
  rejected: readonly RejectedField[] // fields of the drafts that the server rejected
  todo: Todo | undefined // as last shown
  answered: string | undefined // the id of the to-do that was just answered, until the list is shown
  failures: Failure[] // the catalogue, for failures that only the client notices
  message: Message | undefined
  invitation: string | undefined // a token or a code that is looked up once the person is verified
}

const storageKeys = {
  language: 'language',
  elder: 'elder',
  token: 'token',
  verification: 'verification',
  attempt: 'attempt',
  session: 'session', // in which the target and the invitation wait
  target: 'target',
  invitation: 'invitation',
  waiting: 'waiting', // since when they wait, in milliseconds
} as const

const storage = createSafeStorage(platform.storage)
const storedLanguage = storage.get(storageKeys.language)
const storedElder = storage.get(storageKeys.elder)
const typeSize = platform.typeSize()

/** How long a target or an invitation waits for its person, as long as a session without activity. */
const waitingLifetime = 30 * 60_000
const waited = Date.now() - Number(storage.get(storageKeys.waiting) ?? 0)
if (!(waited >= 0 && waited < waitingLifetime)) {
  storage.remove(storageKeys.target)
  storage.remove(storageKeys.invitation)
}

const drafts = new DraftStorage(platform.tabStorage && createSafeStorage(platform.tabStorage), () =>
  setState(emptyDrafts),
)
const stored = drafts.load()
let typedIn = stored?.session // the session in which the drafts were typed

let state: AppState = {
  language: languages.find((l) => l === storedLanguage) ?? languageOf(platform.languages()),
  elder: storedElder ? storedElder === '1' : startsElder(typeSize),
  typeSize,
  authority: undefined,
  session: undefined,
  verification: undefined,
  attempt: undefined,
  blocked: undefined,
  lifting: false,
  draft: stored?.draft ?? emptyDraft,
  cardDraft: stored?.cardDraft ?? emptyCard,
  rejected: [],
  todo: undefined,
  answered: undefined,
  failures: [],
  message: undefined,
  invitation: storage.get(storageKeys.invitation),
}

const listeners = new Set<() => void>()

export function getState(): AppState {
  return state
}

export function setState(part: Partial<AppState>): void {
  state = { ...state, ...part }
  keepDrafts(part)
  if (part.language) storage.set(storageKeys.language, part.language)
  if (part.elder !== undefined) storage.set(storageKeys.elder, part.elder ? '1' : '0')
  if ('verification' in part) persist('verification', part.verification?.id)
  if ('invitation' in part) persist('invitation', part.invitation)
  for (const listener of listeners) listener()
}

/** Stores drafts that have changed. Drafts of another session are cleared: somebody else may have signed in. */
function keepDrafts(part: Partial<AppState>): void {
  const session = part.session?.id
  const foreign = session !== undefined && typedIn !== undefined && session !== typedIn && !part.draft
  if (foreign) state = { ...state, ...emptyDrafts, rejected: [] }
  if (session !== undefined) typedIn = session
  if (foreign || part.draft || part.cardDraft) drafts.save(state, typedIn)
}

type StoredName = keyof Omit<typeof storageKeys, 'language' | 'elder'>

/** Stores or removes an id that the app needs after it was closed. */
export function persist(name: StoredName, value: string | undefined): void {
  if (value) storage.set(storageKeys[name], value)
  else storage.remove(storageKeys[name])
  if (name === 'target' || name === 'invitation') noteWaiting()
}

/** Stores since when something waits, and in which session if there is one. */
function noteWaiting(): void {
  const waits = isWaiting()
  persist('waiting', waits ? String(Date.now()) : undefined)
  persist('session', waits ? state.session?.id : undefined)
}

/** Reports whether a target or an invitation waits for the person's access. */
export function isWaiting(): boolean {
  return (persisted('target') ?? persisted('invitation')) !== undefined
}

export function persisted(name: StoredName): string | undefined {
  return storage.get(storageKeys[name])
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Subscribes a component to the state. */
export function useAppState(): AppState {
  return useSyncExternalStore(subscribe, getState, getState)
}
