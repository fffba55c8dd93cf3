import type { Attempt } from '../api/types'
import { afterAttempt } from '../journey/next'
import { popTo } from './navigation'
import { setState } from './store'

/** Takes in an attempt that was answered, and goes where it leads. */
export function applyAttempt(attempt: Attempt): void {
  setState({ verification: attempt.verification, attempt, blocked: undefined })
  popTo(afterAttempt(attempt))
}
