import { platform } from '@platform'
import { useSyncExternalStore } from 'react'
import type { Attempt, Failure, Session, Todo, Verification } from '../api/types'
import type { Trouble } from '../journey/advice'
import { type CardDraft, emptyCard } from '../journey/card'
import { type Draft, emptyDraft } from '../journey/document'
import { forgiving } from '../platform/storage'
import { type Language, languageOf, languages } from '../strings/table'

/** What the entry says to somebody who was led back to it. */
export type Message =
  | 'declined'
  | 'prefillAbsent'
  | 'accessEnded'
  | 'sessionEnded'
  | 'signInFailed'
  | 'signInUnavailable'

/** What the app knows. Personal data is in memory only; storage holds ids, the token and how to show things. */
export interface State {
  language: Language
  elder: boolean
  session: Session | undefined
  verification: Verification | undefined
  attempt: Attempt | undefined // the last one that was answered
  trouble: Trouble | undefined // a problem that stopped the person before any attempt
  draft: Draft
  card: CardDraft
  todo: Todo | undefined // as last shown
  failures: Failure[] // the catalogue, for what only the client sees
  message: Message | undefined
}

const kept = {
  language: 'language',
  elder: 'elder',
  token: 'token',
  verification: 'verification',
  attempt: 'attempt',
  target: 'target',
} as const

const storage = forgiving(platform.storage)
const languageKept = storage.get(kept.language)

let state: State = {
  language: languages.find((l) => l === languageKept) ?? languageOf(platform.languages()),
  elder: storage.get(kept.elder) === '1',
  session: undefined,
  verification: undefined,
  attempt: undefined,
  trouble: undefined,
  draft: emptyDraft,
  card: emptyCard,
  todo: undefined,
  failures: [],
  message: undefined,
}

const listeners = new Set<() => void>()

export function current(): State {
  return state
}

export function change(part: Partial<State>): void {
  state = { ...state, ...part }
  if (part.language) storage.set(kept.language, part.language)
  if (part.elder !== undefined) storage.set(kept.elder, part.elder ? '1' : '0')
  if ('verification' in part) keep('verification', part.verification?.id)
  for (const listener of listeners) listener()
}

/** Keeps or forgets an id that the app needs after it was closed. */
export function keep(name: 'token' | 'verification' | 'attempt' | 'target', value: string | undefined): void {
  if (value) storage.set(kept[name], value)
  else storage.remove(kept[name])
}

export function keptId(name: 'token' | 'verification' | 'attempt' | 'target'): string | undefined {
  return storage.get(kept[name])
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The state, for a component. */
export function useApp(): State {
  return useSyncExternalStore(subscribe, current, current)
}
