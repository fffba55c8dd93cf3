import { isKey, type Key } from '../strings'

type Translate = (key: Key) => string

/** The word for one of the contract's open values; one that is not known yet is shown as it came. */
export function labelOf(value: string, t: Translate, prefix = ''): string {
  const key = prefix + value
  return isKey(key) ? t(key) : value
}
