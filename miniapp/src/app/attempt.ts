import type { Attempt } from '../api/types'
import { afterAttempt } from '../journey/next'
import { popTo } from './navigation'
import { setState } from './store'

/** Stores the result of an attempt, and navigates to the next screen. */
export function applyAttempt(attempt: Attempt): void {
  setState({ verification: attempt.verification, attempt, blocked: undefined, rejected: [] })
  popTo(afterAttempt(attempt))
}
