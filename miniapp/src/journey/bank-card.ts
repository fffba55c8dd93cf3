import { normalized } from './number'

/** What a person has typed for the bank card. It is kept only in memory, until the check has passed or is left. */
export interface CardDraft {
  card: string
  phone: string
}

export const emptyCard: CardDraft = { card: '', phone: '' }

export function cardDigits(raw: string): string {
  return normalized(raw)
}

/** Whether a card number has a valid length. */
export function isCardNumber(raw: string): boolean {
  return /^\d{13,19}$/.test(normalized(raw))
}

/** Whether the Luhn digit is right. It is only a hint, because valid cards that replaced old passbooks fail it. */
export function passesLuhn(raw: string): boolean {
  const sum = [...normalized(raw)].reverse().reduce((total, char, at) => {
    const digit = Number(char) * (at % 2 === 0 ? 1 : 2)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return sum % 10 === 0
}

/** Whether this may be a mobile number of the mainland. An empty number is allowed, because it may be left out. */
export function isPlausiblePhone(raw: string): boolean {
  const number = normalized(raw).replace(/[()]/g, '')
  return number === '' || !/^[+\d]*$/.test(number) || /^(\+86|0086|86)?1[3-9]\d{9}$/.test(number)
}

/** Hides all of a card number but its last four digits. */
export function maskCard(raw: string): string {
  return `**** ${normalized(raw).slice(-4)}`
}
