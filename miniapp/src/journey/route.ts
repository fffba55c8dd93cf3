/** The names of all screens. */
export const screens = [
  'entry',
  'authorize',
  'notices',
  'identity',
  'face',
  'bankCard',
  'document',
  'fourElements',
  'success',
  'failure',
  'photo',
  'list',
  'invited',
  'detail',
  'refuse',
  'sign',
  'done',
  'records',
  'record',
  'consents',
  'myData',
  'accesses',
  'corrections',
  'erase',
  'erased',
  'activity',
  'freeze',
  'frozen',
  'lift',
  'appeals',
  'appealNew',
  'appeal',
  'appointment',
  'office',
  'support',
  'faq',
  'rules',
] as const

export type Screen = (typeof screens)[number]

/** A screen and its parameters: opaque ids and enumerated values, no personal data. */
export interface Route {
  screen: Screen
  id?: string | undefined
  purpose?: 'access' | 'confirm' | undefined
  /** The token of an invitation with which the page was opened. Our own URLs never contain it. */
  invitation?: string | undefined
}

/** Screens that show a step of a verification. The server decides which step is next. */
const stepScreens: readonly Screen[] = [
  'face',
  'bankCard',
  'document',
  'fourElements',
  'success',
  'failure',
  'photo',
  'sign',
  'lift',
]

export function isStep(screen: Screen): boolean {
  return stepScreens.includes(screen)
}

export function isScreen(name: string | undefined): name is Screen {
  return screens.includes(name as Screen)
}
