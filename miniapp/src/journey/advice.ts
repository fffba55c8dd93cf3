import type { Attempt, Failure, Problem, Verification } from '../api/types'
import { placeOf, start } from './next'
import type { Place } from './screen'

/** What went wrong, from wherever the server said it. */
export interface Trouble {
  failure: Failure
  /** How the last try ended, where that differs from what is to be done now. */
  before?: Failure
  triesLeft?: number
  nextAt?: string
  requestId?: string
}

/** The one thing to do next. */
export type Way =
  | { do: 'again'; place: Place } // the same check
  | { do: 'mend'; place: Place } // something was typed wrong: what is under way is voided first
  | { do: 'home'; place: Place }

const mending = ['check_input', 'check_spelling', 'check_number', 'check_validity', 'choose_type', 'use_own_account']

/** The failure of an attempt says how that try ended; the one of its verification says what to do now. */
export function troubleOf(v: Verification | undefined, attempt: Attempt | undefined): Trouble | undefined {
  const failure = v?.failure ?? attempt?.failure
  if (!failure) return undefined
  const before = attempt?.failure && attempt.failure.code !== failure.code ? attempt.failure : undefined
  return { failure, before, triesLeft: v?.tries?.left, nextAt: v?.tries?.next_at ?? notBefore(failure) }
}

/** A problem that stops a person carries its failure too. */
export function troubleOfProblem(problem: Problem): Trouble | undefined {
  const { failure, next_at: nextAt, request_id: requestId } = problem
  return failure && { failure, nextAt: nextAt ?? notBefore(failure), requestId }
}

export function wayOn(trouble: Trouble, v: Verification | undefined): Way {
  const mend = trouble.failure.remedies.some((remedy) => mending.includes(remedy.kind))
  const running = v?.kind === 'running' && v.tries?.left !== 0
  if (running && trouble.failure.retryable && !mend) return { do: 'again', place: placeOf(v) }
  if (running && v.next && v.next.check !== 'face') return { do: 'again', place: placeOf(v) }
  const place: Place = v ? start(v) : { screen: 'entry' }
  return mend ? { do: 'mend', place } : { do: 'home', place }
}

function notBefore(failure: Failure): string | undefined {
  return failure.remedies.find((remedy) => remedy.not_before)?.not_before
}
