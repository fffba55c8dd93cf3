import type { Attempt, FaceCall } from '../api/types'
import type { FaceHint } from '../platform/platform'

/** The state of a face check on this device. */
export type FaceState =
  | { step: 'ready' } // not started
  | { step: 'starting' }
  | { step: 'showing'; attemptId: string; call: FaceCall } // the camera, or the page that shows it
  | { step: 'asking'; attemptId: string; queries: number; hint: FaceHint | undefined }
  | { step: 'left'; attemptId: string } // the person closed the camera without a result
  | { step: 'pending'; attemptId: string } // the provider has no result yet
  | { step: 'decided'; attempt: Attempt }

export type FaceEvent =
  | { type: 'begin' }
  | { type: 'begun'; attempt: Attempt }
  | { type: 'hint'; hint: FaceHint }
  | { type: 'opened' } // the page was opened
  | { type: 'ask' } // the person asks for the result
  | { type: 'answer'; attempt: Attempt }
  | { type: 'gave_up' } // a network error or a problem; the attempt continues

/** How often to query before the screen stops, by how the camera closed. */
const maxQueries = { unsupported: 1, cancelled: 2, unknown: 6, done: 15, not_passed: 15, elsewhere: 90 }

export const readyState: FaceState = { step: 'ready' }

/** Returns the state after the app was closed during a face check. */
export function initialFaceState(attemptId: string | undefined): FaceState {
  return attemptId ? { step: 'asking', attemptId, queries: 0, hint: undefined } : readyState
}

export function faceReducer(state: FaceState, event: FaceEvent): FaceState {
  switch (event.type) {
    case 'begin':
      return state.step === 'starting' ? state : { step: 'starting' }
    case 'begun':
      return begun(event.attempt)
    case 'hint':
      return state.step === 'showing' && event.hint !== 'elsewhere' ? ask(state.attemptId, event.hint) : state
    case 'opened':
      return state.step === 'showing' ? ask(state.attemptId, 'elsewhere') : state
    case 'ask':
      return 'attemptId' in state ? ask(state.attemptId, undefined) : state
    case 'answer':
      return state.step === 'asking' && state.attemptId === event.attempt.attempt_id
        ? answered(state, event.attempt)
        : state
    case 'gave_up':
      return 'attemptId' in state ? { step: 'pending', attemptId: state.attemptId } : readyState
  }
}

function ask(attemptId: string, hint: FaceHint | undefined): FaceState {
  return { step: 'asking', attemptId, queries: 0, hint }
}

function begun(attempt: Attempt): FaceState {
  if (attempt.kind !== 'running' || !attempt.call) return { step: 'decided', attempt }
  return { step: 'showing', attemptId: attempt.attempt_id, call: attempt.call }
}

function answered(state: FaceState & { step: 'asking' }, attempt: Attempt): FaceState {
  if (attempt.kind !== 'running') return { step: 'decided', attempt }
  const queries = state.queries + 1
  if (state.hint === 'cancelled' && queries >= maxQueries.cancelled) return { step: 'left', attemptId: state.attemptId }
  return queries >= maxQueries[state.hint ?? 'unknown']
    ? { step: 'pending', attemptId: state.attemptId }
    : { ...state, queries }
}
