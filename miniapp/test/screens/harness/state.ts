import { getState, persist, setState } from '../../../src/app/store'

const initial = { ...getState(), language: 'en' as const, elder: false }

/** Forgets everything that a test left behind. Screens speak English, so that tests can be read. */
export function resetState(): void {
  setState(initial)
  for (const name of ['token', 'verification', 'attempt', 'target'] as const) persist(name, undefined)
}
