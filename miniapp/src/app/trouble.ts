import { NetworkError, ProblemError } from '../api/errors'
import type { Failure } from '../api/types'
import { endsAccess, troubleOfProblem } from '../journey/advice'
import { api } from './client'
import { go, swap } from './nav'
import { forget } from './session'
import { change, current } from './store'

/** Deals with problems that every screen meets alike; true where nothing is left to show. */
export function settle(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false
  const { code, notices } = error.problem
  if (code === 'session_required') {
    forget()
    leadBack('sessionEnded')
    return true
  }
  const under = current().verification
  if (endsAccess(error.problem, under)) {
    change({ verification: under?.purpose === 'confirm' ? undefined : under })
    leadBack('accessEnded')
    return true
  }
  if (code === 'consent_required' && notices) {
    const v = current().verification
    swap({ screen: 'notices', purpose: v?.purpose === 'confirm' ? 'confirm' : 'access', id: v?.todo_id })
    return true
  }
  const trouble = troubleOfProblem(error.problem)
  if (!trouble) return false
  change({ trouble, attempt: undefined })
  swap({ screen: 'failure' })
  return true
}

/** The catalogue's entry for what only the client sees; undefined until the catalogue was loaded once. */
export function ownFailure(error: unknown): Failure | undefined {
  if (!(error instanceof NetworkError)) return undefined
  return current().failures.find((failure) => failure.code === 'network_lost')
}

/** Leads to the entry, once: several calls of a screen may meet the same end. */
function leadBack(message: 'sessionEnded' | 'accessEnded'): void {
  if (current().message === message) return // the entry has not come yet
  change({ message })
  go({ screen: 'entry' })
}

/** Shows a failure that only the client sees; false where the catalogue has not been loaded. */
export function stopFor(code: string): boolean {
  const failure = current().failures.find((one) => one.code === code)
  if (!failure) return false
  change({ trouble: { failure }, attempt: undefined })
  swap({ screen: 'failure' })
  return true
}

/** Loads the catalogue ahead of need: without a network it is too late. */
export async function loadFailures(): Promise<void> {
  try {
    change({ failures: (await api.failures()).data.failures })
  } catch {
    // The screens have words of their own for a lost network.
  }
}
