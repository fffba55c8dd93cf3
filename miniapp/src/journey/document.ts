import type { DocumentType, TypedDocument } from '../api/types'

/** The document types, in the order in which they are offered. */
export const documentTypes: readonly DocumentType[] = [
  'resident_id',
  'hk_macau_permit',
  'taiwan_permit',
  'passport',
  'hk_macau_residence_permit',
  'taiwan_residence_permit',
  'foreign_permanent_resident',
]

/** What a person has entered so far. */
export interface Draft {
  type: DocumentType
  name: string
  number: string
  /** Whether the document of the account is used instead. */
  prefilled: boolean
  /** The first and last day of validity, if they are entered. */
  from: string
  until: string
  longTerm: boolean
}

export const emptyDraft: Draft = {
  type: 'resident_id',
  name: '',
  number: '',
  prefilled: false,
  from: '',
  until: '',
  longTerm: false,
}

/** The value of the API for a document without an end date. */
const longTermValue = '长期'

export function documentOf(draft: Draft): TypedDocument {
  const until = draft.longTerm ? longTermValue : draft.until
  const validity = draft.from && until ? { valid_from: draft.from, valid_until: until } : {}
  return { type: draft.type, name: draft.name.trim(), number: draft.number.trim(), ...validity }
}

/** Masks all but the last character of a name, as the server does. */
export function maskName(name: string): string {
  return [...name.trim()].map((c, i, all) => (i === all.length - 1 ? c : '*')).join('')
}

/** Masks all but the first and last character of a number, because others may see the screen. */
export function maskNumber(value: string): string {
  const text = [...value.trim()]
  return text.map((c, i) => (i === 0 || (i === text.length - 1 && text.length > 2) ? c : '*')).join('')
}
