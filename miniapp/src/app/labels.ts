import { isKey, type Key } from '../strings'

type Translate = (key: Key) => string

/** Returns the label of an enumerated value of the API. An unknown value is shown unchanged. */
export function labelOf(value: string, t: Translate, prefix = ''): string {
  const key = prefix + value
  return isKey(key) ? t(key) : value
}
