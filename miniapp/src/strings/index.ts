import { checks } from './checks'
import { consents } from './consents'
import { controls } from './controls'
import { entry } from './entry'
import { failure } from './failure'
import { forms } from './forms'
import { invitation } from './invitation'
import { records } from './records'
import { remember } from './remember'
import { signature } from './signature'
import { steps } from './steps'
import { support } from './support'
import type { Language, Text } from './table'
import { todos } from './todos'

/** Every text of the client. Texts of the server (failures, remedies, notices) are never repeated here. */
export const strings = {
  ...entry,
  ...consents,
  ...checks,
  ...failure,
  ...forms,
  ...invitation,
  ...todos,
  ...signature,
  ...records,
  ...remember,
  ...support,
  ...controls,
  ...steps,
} satisfies Record<string, Text>

export type Key = keyof typeof strings

const keys: ReadonlySet<string> = new Set(Object.keys(strings))

export function isKey(key: string): key is Key {
  return keys.has(key)
}

/** Returns a text in a language, with its placeholders replaced by values. */
export function translate(
  language: Language,
  key: Key,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return strings[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
