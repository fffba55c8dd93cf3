import type { Attempt, Verification } from '../api/types'
import { isStep, type Route, type Screen } from './route'

/** The screens of the checks that this client supports. */
const checkScreens: Readonly<Record<string, Screen>> = {
  face: 'face',
  bank_card: 'bankCard',
  document: 'document',
  four_elements: 'fourElements',
}

/** Returns the check of a screen, if it is the screen of one. */
export function checkOf(screen: Screen): string | undefined {
  return Object.keys(checkScreens).find((check) => checkScreens[check] === screen)
}

/**
 * Returns the screen that is next for a verification. An unknown check or state leads to the failure screen with the
 * server's texts, so that no check is skipped and the person can always continue.
 */
export function routeOf(v: Verification): Route {
  switch (v.state) {
    case 'open':
      return openRoute(v)
    case 'awaiting_acceptance':
      return { screen: 'photo' }
    case 'passed':
      return v.purpose === 'lift'
        ? { screen: 'lift' }
        : v.purpose === 'confirm'
          ? { screen: 'sign' }
          : { screen: 'list' }
    case 'consumed':
      if (v.purpose === 'lift') return { screen: 'lift' }
      return v.purpose === 'confirm' ? { screen: 'records' } : { screen: 'list' }
    case 'voided':
      return startRoute(v)
    default:
      return v.kind === 'passed' ? { screen: 'list' } : { screen: 'failure' }
  }
}

function openRoute(v: Verification): Route {
  if ((v.consents_missing?.length ?? 0) > 0) return { screen: 'notices', purpose: purposeOf(v), id: v.todo_id }
  if (v.tries?.left === 0) return { screen: 'failure' }
  const due = v.next?.check ?? v.checks.find((check) => check.kind === 'running')?.check
  return { screen: (due && checkScreens[due]) || 'failure' }
}

/** Reports whether a face check has no result yet. It is queried even if no try is left. */
export function hasPendingFace(v: Verification): boolean {
  return v.kind === 'running' && v.checks.some(({ check, kind }) => check === 'face' && kind === 'running')
}

/** Returns the id of the face attempt that is running according to the server. */
export function pendingFaceAttempt(v: Verification | undefined): string | undefined {
  return v?.checks.find(({ check, kind }) => check === 'face' && kind === 'running')?.attempt_id
}

const ownDataScreens: readonly Screen[] = ['accesses', 'activity', 'corrections', 'erase', 'freeze']

/** Returns the parent of a screen, for "back" after the app was opened on that screen. */
export function parentOf({ screen, id, purpose }: Route, v: Verification | undefined): Route {
  if (screen === 'appeal') return { screen: 'appeals' }
  if (screen === 'record') return { screen: 'records' }
  if (ownDataScreens.includes(screen)) return { screen: 'myData' }
  if (screen === 'detail' || screen === 'records' || screen === 'invited') return { screen: 'list' }
  if (id && (screen === 'refuse' || purpose === 'confirm')) return { screen: 'detail', id }
  return isStep(screen) && v ? startRoute(v) : { screen: 'entry' }
}

/** Returns the screen where a new verification with the same purpose starts. */
export function startRoute(v: Verification): Route {
  return v.purpose === 'confirm' && v.todo_id ? { screen: 'detail', id: v.todo_id } : { screen: 'entry' }
}

/** Returns the screen after the result of an attempt. */
export function afterAttempt(attempt: Attempt): Route {
  const v = attempt.verification
  if (attempt.kind === 'not_passed') return { screen: 'failure' }
  if (attempt.kind === 'running') return routeOf(v)
  return v.kind === 'passed' || v.state === 'awaiting_acceptance' ? { screen: 'success' } : routeOf(v)
}

/** Reports whether a screen fits the current state of a verification. */
export function canShow(screen: Screen, v: Verification): boolean {
  const due = routeOf(v).screen
  if (screen === 'success') return v.state === 'awaiting_acceptance' || v.state === 'passed'
  if (screen === 'failure') return due === 'failure' || v.failure !== undefined
  return due === screen
}

function purposeOf(v: Verification): 'access' | 'confirm' {
  return v.purpose === 'confirm' ? 'confirm' : 'access'
}
