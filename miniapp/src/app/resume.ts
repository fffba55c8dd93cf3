import { problemCode } from '../api/errors'
import type { Verification } from '../api/types'
import { emptyCard } from '../journey/bank-card'
import { routeOf, startRoute } from '../journey/next'
import { api } from './client'
import { popTo, push } from './navigation'
import { getState, persist, setState } from './store'

/** Reads the verification again and leads to the step that is due. */
export async function resume(): Promise<void> {
  const { verification } = getState()
  if (!verification) return push({ screen: 'entry' })
  try {
    const { data } = await api.verification(verification.id)
    if (data.state === 'voided' || data.state === 'expired') return restart(data)
    setState({ verification: data, attempt: undefined, blocked: undefined })
    popTo(routeOf(data))
  } catch (error) {
    if (problemCode(error) !== 'not_found') throw error
    restart(verification)
  }
}

/** Leads to where a new verification with the same purpose starts, and says that the previous one has ended. */
export function restart(verification: Verification | undefined = getState().verification): void {
  persist('attempt', undefined)
  setState({
    verification: undefined,
    attempt: undefined,
    blocked: undefined,
    cardDraft: emptyCard,
    message: 'verificationEnded',
  })
  popTo(verification ? startRoute(verification) : { screen: 'entry' })
}
