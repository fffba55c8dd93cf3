import { type AppealKey, isAppealKey } from '../../strings/appeal'

/** Returns how far an appeal is. A state of a newer server is shown as it is. */
export function stateText(
  a: (key: AppealKey) => string,
  { state, decision }: { state: string; decision?: { outcome: string } | undefined },
): string {
  const key = decision ? `outcome_${decision.outcome}` : `state_${state}`
  return isAppealKey(key) ? a(key) : (decision?.outcome ?? state)
}
