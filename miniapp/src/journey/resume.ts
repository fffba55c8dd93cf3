import type { Session, Verification } from '../api/types'
import { canShow, hasPendingFace, routeOf } from './next'
import { isScreen, isStep, type Route } from './route'

/** What the server and the device know when the app opens, whatever it showed when it was closed. */
export interface ResumeContext {
  session: Session | undefined
  /** The verification that was under way here, as the server has it now. */
  verification: Verification | undefined
  /** The app opens. */
  opening: boolean
  /** A face check was begun here that has no result yet. */
  faceStarted: boolean
  /** A problem that stopped the person is still to be shown. */
  blocked: boolean
  /** Who is to be verified is still in memory, as typed or to be taken from the account. */
  documentEntered: boolean
  /** The screen that the app opens with. */
  requested: Route
}

/** Screens that need nothing but a network. */
const publicScreens: readonly string[] = ['entry', 'support', 'faq', 'rules', 'authorize']

/** Screens that need a live access to the person's todos. */
const accessScreens: readonly string[] = ['list', 'detail', 'refuse', 'done', 'records', 'record']

/** Encodes the place of a link that requires an access first. Returns undefined if it requires none. */
export function encodeTarget({ screen, id }: Route): string | undefined {
  return accessScreens.includes(screen) && id ? `${screen} ${id}` : undefined
}

/** Decodes a place that targetOf encoded. */
export function decodeTarget(target: string | undefined): Route | undefined {
  const [screen, id] = target?.split(' ') ?? []
  return isScreen(screen) && id ? { screen, id } : undefined
}

/** Where the app goes on after it was closed or reloaded. */
export function resumeRoute({
  session,
  verification,
  opening,
  faceStarted,
  blocked,
  documentEntered,
  requested,
}: ResumeContext): Route {
  // A page that took the face leads back to the entry: the way goes on with its result.
  const awaited = faceStarted && verification !== undefined && hasPendingFace(verification)
  if (requested.screen === 'entry' && opening && faceStarted && verification?.kind === 'running') {
    return awaited ? { screen: 'face' } : routeOf(verification)
  }
  if (publicScreens.includes(requested.screen)) return requested
  if (blocked && requested.screen === 'failure') return requested
  if (!session) return { screen: 'entry' }
  if (accessScreens.includes(requested.screen)) return session.access ? requested : { screen: 'entry' }
  if (isStep(requested.screen)) {
    if (!verification) return { screen: 'entry' }
    return canShow(requested.screen, verification) || (awaited && requested.screen === 'face')
      ? requested
      : routeOf(verification)
  }
  if (requested.screen !== 'notices' && requested.screen !== 'identity') return requested
  if (requested.screen === 'notices' && verification?.consents_missing?.length) return requested
  // Before a confirmation stands a todo, before an access what was typed; neither outlives the app.
  const ready = requested.purpose === 'confirm' ? session.access !== undefined : documentEntered
  return ready ? requested : { screen: 'entry' }
}

/** What the entry offers to go on with, where something is under way. */
export function routeToContinue({
  session,
  verification,
}: Pick<ResumeContext, 'session' | 'verification'>): Route | undefined {
  if (verification && verification.kind === 'running') return routeOf(verification)
  if (verification && (verification.state === 'awaiting_acceptance' || isLiveConfirm(verification)))
    return routeOf(verification)
  return session?.access ? { screen: 'list' } : undefined
}

function isLiveConfirm(v: Verification): boolean {
  return v.purpose === 'confirm' && v.state === 'passed'
}
