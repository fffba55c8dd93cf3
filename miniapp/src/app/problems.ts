import { NetworkError, ProblemError } from '../api/errors'
import type { Failure } from '../api/types'
import { endsAccess, failureDetailsOfProblem } from '../journey/failure'
import { api } from './client'
import { push, replace } from './navigation'
import { clearSession } from './session'
import { getState, setState } from './store'

/** Deals with problems that every screen meets alike; true where nothing is left to show. */
export function handleProblem(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false
  const { code, notices } = error.problem
  if (code === 'session_required') {
    clearSession()
    restart('sessionEnded')
    return true
  }
  const under = getState().verification
  if (endsAccess(error.problem, under)) {
    setState({ verification: under?.purpose === 'confirm' ? undefined : under })
    restart('accessEnded')
    return true
  }
  if (code === 'consent_required' && notices) {
    const v = getState().verification
    replace({ screen: 'notices', purpose: v?.purpose === 'confirm' ? 'confirm' : 'access', id: v?.todo_id })
    return true
  }
  const blocked = failureDetailsOfProblem(error.problem)
  if (!blocked) return false
  setState({ blocked, attempt: undefined })
  replace({ screen: 'failure' })
  return true
}

/** The catalogue's entry for what only the client sees; undefined until the catalogue was loaded once. */
export function networkFailure(error: unknown): Failure | undefined {
  if (!(error instanceof NetworkError)) return undefined
  return getState().failures.find((failure) => failure.code === 'network_lost')
}

/** Leads to the entry, once: several calls of a screen may meet the same end. */
function restart(message: 'sessionEnded' | 'accessEnded'): void {
  if (getState().message === message) return // the entry has not come yet
  setState({ message })
  push({ screen: 'entry' })
}

/** Shows a failure that only the client sees; false where the catalogue has not been loaded. */
export function showClientFailure(code: string): boolean {
  const failure = getState().failures.find((one) => one.code === code)
  if (!failure) return false
  setState({ blocked: { failure }, attempt: undefined })
  replace({ screen: 'failure' })
  return true
}

/** Loads the catalogue ahead of need: without a network it is too late. */
export async function loadFailures(): Promise<void> {
  try {
    setState({ failures: (await api.failures()).data.failures })
  } catch {
    // The screens have words of their own for a lost network.
  }
}
