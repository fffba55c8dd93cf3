import type { DocumentType } from '../api/types'

/** The types whose numbers have 18 characters, with a date of birth and a check character (GB 11643). */
const gb11643Types: readonly DocumentType[] = ['resident_id', 'hk_macau_residence_permit', 'taiwan_residence_permit']

const length = 18
const body = 17

/** Characters that people enter between and around digits: spaces, hyphens, invisible characters. */
const ignored = /\u034F|[\s\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u061C\-\u2010-\u2015\u2212]/g

/** Returns the normalized text that is checked here. The server normalizes more forms and decides. */
export function normalized(raw: string): string {
  const narrow = raw.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
  return narrow.replace(ignored, '').toUpperCase()
}

/**
 * Returns the error of a number that is certainly wrong, so that it is shown at the field and does not count as a try.
 * The server checks numbers with other characters.
 */
export function numberError(type: DocumentType, raw: string): 'numberLength' | 'numberWrong' | undefined {
  const number = normalized(raw)
  if (!gb11643Types.includes(type) || !/^[0-9A-Z]*$/.test(number)) return undefined
  if (number.length !== length) return 'numberLength'
  return /^\d{17}[\dX]$/.test(number) && isDate(number.slice(6, 14)) && checkCharacter(number) === number[body]
    ? undefined
    : 'numberWrong'
}

/** Reports whether a number is only incomplete, so that it is too early to show an error. */
export function isIncomplete(type: DocumentType, raw: string): boolean {
  return numberError(type, raw) === 'numberLength' && normalized(raw).length < length
}

function isDate(digits: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number)
  const at = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day))
  return at.getUTCFullYear() === year && at.getUTCMonth() + 1 === month && at.getUTCDate() === day
}

/** Returns the check character of GB 11643, which is that of ISO 7064 MOD 11-2. */
function checkCharacter(number: string): string | undefined {
  let rest = 0
  for (const digit of number.slice(0, body)) rest = ((rest + Number(digit)) * 2) % 11
  return '0123456789X'[(12 - rest) % 11]
}
