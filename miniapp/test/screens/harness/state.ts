import { getState, persist, setState } from '../../../src/app/store'

const initial = { ...getState(), language: 'en' as const, elder: false }

/** Resets state and storage. Screens are in English, so that the tests are readable. */
export function resetState(): void {
  setState(initial)
  for (const name of ['token', 'verification', 'attempt', 'session', 'target'] as const) persist(name, undefined)
}
