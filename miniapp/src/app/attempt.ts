import type { Attempt } from '../api/types'
import { afterAttempt } from '../journey/next'
import { follow } from './nav'
import { change } from './store'

/** Takes in an attempt that was answered, and goes where it leads. */
export function take(attempt: Attempt): void {
  change({ verification: attempt.verification, attempt, trouble: undefined })
  follow(afterAttempt(attempt))
}
