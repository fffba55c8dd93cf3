import type { Session, Verification } from '../api/types'
import { awaitsFace, fits, placeOf } from './next'
import { isScreen, isStep, type Place } from './screen'

/** What the server and the device know when the app opens, whatever it showed when it was closed. */
export interface Known {
  session: Session | undefined
  /** The verification that was under way here, as the server has it now. */
  verification: Verification | undefined
  /** The app opens. */
  opening: boolean
  /** A face check was begun here that has no result yet. */
  faceBegun: boolean
  /** A problem that stopped the person is still to be shown. */
  stopped: boolean
  /** Who is to be verified is still in memory, as typed or to be taken from the account. */
  typed: boolean
  /** The screen that the app opens with. */
  wanted: Place
}

/** Screens that need nothing but a network. */
const open: readonly string[] = ['entry', 'support', 'faq', 'rules', 'authorize']

/** Screens that need a live access to the person's todos. */
const guarded: readonly string[] = ['list', 'detail', 'refuse', 'done', 'records', 'record']

/** Encodes the place of a link that requires an access first. Returns undefined if it requires none. */
export function targetOf({ screen, id }: Place): string | undefined {
  return guarded.includes(screen) && id ? `${screen} ${id}` : undefined
}

/** Decodes a place that targetOf encoded. */
export function placeOfTarget(target: string | undefined): Place | undefined {
  const [screen, id] = target?.split(' ') ?? []
  return isScreen(screen) && id ? { screen, id } : undefined
}

/** Where the app goes on after it was closed or reloaded. */
export function resume({ session, verification, opening, faceBegun, stopped, typed, wanted }: Known): Place {
  // A page that took the face leads back to the entry: the way goes on with its result.
  const awaited = faceBegun && verification !== undefined && awaitsFace(verification)
  if (wanted.screen === 'entry' && opening && faceBegun && verification?.kind === 'running') {
    return awaited ? { screen: 'face' } : placeOf(verification)
  }
  if (open.includes(wanted.screen)) return wanted
  if (stopped && wanted.screen === 'failure') return wanted
  if (!session) return { screen: 'entry' }
  if (guarded.includes(wanted.screen)) return session.access ? wanted : { screen: 'entry' }
  if (isStep(wanted.screen)) {
    if (!verification) return { screen: 'entry' }
    return fits(wanted.screen, verification) || (awaited && wanted.screen === 'face') ? wanted : placeOf(verification)
  }
  if (wanted.screen !== 'notices' && wanted.screen !== 'identity') return wanted
  if (wanted.screen === 'notices' && verification?.consents_missing?.length) return wanted
  // Before a confirmation stands a todo, before an access what was typed; neither outlives the app.
  const ready = wanted.purpose === 'confirm' ? session.access !== undefined : typed
  return ready ? wanted : { screen: 'entry' }
}

/** What the entry offers to go on with, where something is under way. */
export function underWay({ session, verification }: Pick<Known, 'session' | 'verification'>): Place | undefined {
  if (verification && verification.kind === 'running') return placeOf(verification)
  if (verification && (verification.state === 'awaiting_acceptance' || isLiveConfirm(verification)))
    return placeOf(verification)
  return session?.access ? { screen: 'list' } : undefined
}

function isLiveConfirm(v: Verification): boolean {
  return v.purpose === 'confirm' && v.state === 'passed'
}
