import { normalized } from './number'

/** What a person has entered for the bank card. It is kept until the check has passed or is cancelled. */
export interface CardDraft {
  card: string
  phone: string
}

export const emptyCard: CardDraft = { card: '', phone: '' }

export function cardDigits(raw: string): string {
  return normalized(raw)
}

/** Reports whether a card number has a valid length. */
export function isCardNumber(raw: string): boolean {
  return /^\d{13,19}$/.test(normalized(raw))
}

/** Reports whether the Luhn digit is correct. It is only a hint, because valid cards that replaced old passbooks fail it. */
export function passesLuhn(raw: string): boolean {
  const sum = [...normalized(raw)].reverse().reduce((total, char, at) => {
    const digit = Number(char) * (at % 2 === 0 ? 1 : 2)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return sum % 10 === 0
}

/** Reports whether this may be a mobile number of the mainland. An empty number is accepted, because it is optional. */
export function isPlausiblePhone(raw: string): boolean {
  const number = normalized(raw).replace(/[()]/g, '')
  return number === '' || !/^[+\d]*$/.test(number) || /^(\+86|0086|86)?1[3-9]\d{9}$/.test(number)
}

/** Masks all but the last four digits of a card number. */
export function maskCard(raw: string): string {
  return `**** ${normalized(raw).slice(-4)}`
}
