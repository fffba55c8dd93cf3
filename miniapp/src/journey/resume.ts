import type { Session, Verification } from '../api/types'
import { canShow, hasPendingFace, routeOf } from './next'
import { isScreen, isStep, type Route } from './route'

/** The state of server and device when a page is shown. */
export interface ResumeContext {
  session: Session | undefined
  /** The last verification of this device, as the server has it now. */
  verification: Verification | undefined
  /** Whether the app is being opened. */
  opening: boolean
  /** Whether a face check was started here and has no result yet. */
  faceStarted: boolean
  /** Whether a problem that stopped the person is still to be shown. */
  blocked: boolean
  /** Whether a document is in memory, entered by hand or from the account. */
  documentEntered: boolean
  /** The route of the page. */
  requested: Route
}

/** Screens that need no session. */
const publicScreens: readonly string[] = ['entry', 'support', 'faq', 'rules', 'authorize', 'erased', 'office']

/** Screens that need access to the person's to-dos. */
const accessScreens: readonly string[] = [
  'list',
  'invited',
  'detail',
  'refuse',
  'done',
  'records',
  'record',
  'myData',
  'accesses',
  'corrections',
  'erase',
  'activity',
  'freeze',
]

/** Encodes the route of a link that requires access. Returns undefined if it requires none. */
export function encodeTarget({ screen, id }: Route): string | undefined {
  return accessScreens.includes(screen) && id ? `${screen} ${id}` : undefined
}

/** Decodes a route that encodeTarget has encoded. */
export function decodeTarget(target: string | undefined): Route | undefined {
  const [screen, id] = target?.split(' ') ?? []
  return isScreen(screen) && id ? { screen, id } : undefined
}

/** Returns the route to show instead of the requested one, or the requested one if it fits. */
export function resumeRoute({
  session,
  verification,
  opening,
  faceStarted,
  blocked,
  documentEntered,
  requested,
}: ResumeContext): Route {
  // The external page of a face check leads back to the entry. The app continues with its result.
  const awaited = faceStarted && verification !== undefined && hasPendingFace(verification)
  if (requested.screen === 'entry' && opening && faceStarted && verification?.kind === 'running') {
    return awaited ? { screen: 'face' } : routeOf(verification)
  }
  if (publicScreens.includes(requested.screen)) return requested
  if (blocked && requested.screen === 'failure') return requested
  if (!session) return { screen: 'entry' }
  if (requested.screen === 'records' && session.answers_listed) return requested
  if (accessScreens.includes(requested.screen)) return session.access ? requested : { screen: 'entry' }
  if (isStep(requested.screen)) {
    if (!verification) return { screen: 'entry' }
    return canShow(requested.screen, verification) || (awaited && requested.screen === 'face')
      ? requested
      : routeOf(verification)
  }
  if (requested.screen !== 'notices' && requested.screen !== 'identity') return requested
  if (requested.screen === 'notices' && verification?.consents_missing?.length) return requested
  // A confirmation needs access, and an access needs a document in memory, which is lost when the app is closed.
  const ready = requested.purpose === 'confirm' ? session.access !== undefined : documentEntered
  return ready ? requested : { screen: 'entry' }
}

/** Returns the route at which the person can continue, or undefined if nothing is running. */
export function routeToContinue({
  session,
  verification,
}: Pick<ResumeContext, 'session' | 'verification'>): Route | undefined {
  if (verification && verification.kind === 'running') return routeOf(verification)
  if (verification && (verification.state === 'awaiting_acceptance' || isStillNeeded(verification)))
    return routeOf(verification)
  return session?.access ? { screen: 'list' } : undefined
}

/** Reports whether a verification has passed and waits for what it was begun for. */
function isStillNeeded(v: Verification): boolean {
  return v.purpose !== 'access' && v.state === 'passed'
}
