import { NetworkError, ProblemError } from '../api/errors'
import type { Failure } from '../api/types'
import { endsAccess, troubleOfProblem } from '../journey/advice'
import { go, swap } from './nav'
import { forget } from './session'
import { change, current } from './store'
import { api } from './client'

/** Deals with problems that every screen meets alike; true where nothing is left to show. */
export function settle(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false
  const { code, notices } = error.problem
  if (code === 'session_required') {
    forget()
    change({ message: 'sessionEnded' })
    go({ screen: 'entry' })
    return true
  }
  const under = current().verification
  if (endsAccess(error.problem, under)) {
    change({ message: 'accessEnded', verification: under?.purpose === 'confirm' ? undefined : under })
    go({ screen: 'entry' })
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

/** Loads the catalogue ahead of need: without a network it is too late. */
export async function loadFailures(): Promise<void> {
  try {
    change({ failures: (await api.failures()).data.failures })
  } catch {
    // The screens have words of their own for a lost network.
  }
}
