import { isKey, type Key } from '../strings'

type Say = (key: Key) => string

/** The word for one of the contract's open values; one that is not known yet is shown as it came. */
export function nameOf(value: string, say: Say, prefix = ''): string {
  const key = prefix + value
  return isKey(key) ? say(key) : value
}
