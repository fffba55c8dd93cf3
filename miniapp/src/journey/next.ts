import type { Attempt, Verification } from '../api/types'
import { isStep, type Place, type Screen } from './screen'

/** The screens of the checks that this client knows. */
const checks: Readonly<Record<string, Screen>> = {
  face: 'face',
  bank_card: 'bankCard',
  document: 'document',
  four_elements: 'fourElements',
}

/**
 * Where a person stands whose verification is this one. A check that this client does not know, and a state that it
 * does not know, lead to the server's own words on the failure screen: never to a dead end, never around a check.
 */
export function placeOf(v: Verification): Place {
  switch (v.state) {
    case 'open':
      return openPlace(v)
    case 'awaiting_acceptance':
      return { screen: 'photo' }
    case 'passed':
      return v.purpose === 'confirm' ? { screen: 'sign' } : { screen: 'list' }
    case 'consumed':
      return v.purpose === 'confirm' ? { screen: 'records' } : { screen: 'list' }
    case 'voided':
      return start(v)
    default:
      return v.kind === 'passed' ? { screen: 'list' } : { screen: 'failure' }
  }
}

function openPlace(v: Verification): Place {
  if ((v.consents_missing?.length ?? 0) > 0) return { screen: 'notices', purpose: purposeOf(v), id: v.todo_id }
  if (v.tries?.left === 0) return { screen: 'failure' }
  const due = v.next?.check ?? v.checks.find((check) => check.kind === 'running')?.check
  return { screen: (due && checks[due]) || 'failure' }
}

/** Whether a face was begun whose result is still to come: then it is asked for, even where no further try is left. */
export function awaitsFace(v: Verification): boolean {
  return v.kind === 'running' && v.checks.some(({ check, kind }) => check === 'face' && kind === 'running')
}

/** Returns the face attempt that is under way according to the server. */
export function openFace(v: Verification | undefined): string | undefined {
  return v?.checks.find(({ check, kind }) => check === 'face' && kind === 'running')?.attempt_id
}

/** What lies above a screen, for a way back where the app was opened anew and remembers none. */
export function above({ screen, id, purpose }: Place, v: Verification | undefined): Place {
  if (screen === 'record') return { screen: 'records' }
  if (screen === 'detail' || screen === 'records') return { screen: 'list' }
  if (id && (screen === 'refuse' || purpose === 'confirm')) return { screen: 'detail', id }
  return isStep(screen) && v ? start(v) : { screen: 'entry' }
}

/** Where a new verification of the same purpose begins. */
export function start(v: Verification): Place {
  return v.purpose === 'confirm' && v.todo_id ? { screen: 'detail', id: v.todo_id } : { screen: 'entry' }
}

/** Where an attempt leads that has come to an answer. */
export function afterAttempt(attempt: Attempt): Place {
  const v = attempt.verification
  if (attempt.kind === 'not_passed') return { screen: 'failure' }
  if (attempt.kind === 'running') return placeOf(v)
  return v.kind === 'passed' || v.state === 'awaiting_acceptance' ? { screen: 'success' } : placeOf(v)
}

/** Whether a step screen may stay: what it shows has to be where the verification stands. */
export function fits(screen: Screen, v: Verification): boolean {
  const due = placeOf(v).screen
  if (screen === 'success') return v.state === 'awaiting_acceptance' || v.state === 'passed'
  if (screen === 'failure') return due === 'failure' || v.failure !== undefined
  return due === screen
}

function purposeOf(v: Verification): 'access' | 'confirm' {
  return v.purpose === 'confirm' ? 'confirm' : 'access'
}
