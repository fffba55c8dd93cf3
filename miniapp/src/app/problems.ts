import { NetworkError, ProblemError } from '../api/errors'
import type { Failure } from '../api/types'
import { endsAccess, failureDetailsOfProblem } from '../journey/failure'
import { concernsDocument, rejectedFields } from '../journey/invalid-values'
import { api } from './client'
import { push, replace } from './navigation'
import { clearSession } from './session'
import { getState, setState } from './store'

/** Handles problems that are the same on every screen. Reports whether the screen has nothing left to show. */
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
  const rejected = rejectedFields(error.problem)
  if (rejected) {
    setState({ rejected, attempt: undefined })
    if (concernsDocument(error.problem)) push({ screen: 'entry' })
    return true
  }
  const blocked = failureDetailsOfProblem(error.problem)
  if (!blocked) return false
  setState({ blocked, attempt: undefined })
  replace({ screen: 'failure' })
  return true
}

/** Returns the catalogue's entry for a lost network. Returns undefined for other errors, or if no catalogue is loaded. */
export function networkFailure(error: unknown): Failure | undefined {
  if (!(error instanceof NetworkError)) return undefined
  return getState().failures.find((failure) => failure.code === 'network_lost')
}

/** Navigates to the entry once, because several calls of a screen may fail for the same reason. */
function restart(message: 'sessionEnded' | 'accessEnded'): void {
  if (getState().message === message) return // the entry is not shown yet
  setState({ message })
  push({ screen: 'entry' })
}

/** Shows a failure that only the client notices. Reports whether the catalogue has an entry for it. */
export function showClientFailure(code: string): boolean {
  const failure = getState().failures.find((one) => one.code === code)
  if (!failure) return false
  setState({ blocked: { failure }, attempt: undefined })
  replace({ screen: 'failure' })
  return true
}

/** Loads the catalogue in advance, because it is needed when the network is lost. */
export async function loadFailures(): Promise<void> {
  try {
    setState({ failures: (await api.failures()).data.failures })
  } catch {
    // The screens have texts of their own for a lost network.
  }
}
