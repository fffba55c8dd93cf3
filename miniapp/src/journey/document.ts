import type { DocumentType, TypedDocument } from '../api/types'

/** In the order to offer them. */
export const documentTypes: readonly DocumentType[] = [
  'resident_id',
  'hk_macau_permit',
  'taiwan_permit',
  'passport',
  'hk_macau_residence_permit',
  'taiwan_residence_permit',
  'foreign_permanent_resident',
]

/** What a person has typed so far. It lives in memory only. */
export interface Draft {
  type: DocumentType
  name: string
  number: string
  /** The document that the channel knows is taken instead. */
  prefilled: boolean
  /** The first and last day of validity, where they are asked for. */
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

/** The contract's word for a document without end. */
const longTermValue = '长期'

export function documentOf(draft: Draft): TypedDocument {
  const until = draft.longTerm ? longTermValue : draft.until
  const validity = draft.from && until ? { valid_from: draft.from, valid_until: until } : {}
  return { type: draft.type, name: draft.name.trim(), number: draft.number.trim(), ...validity }
}

/** Hides all of a name but its last character, as the server does. */
export function maskName(name: string): string {
  return [...name.trim()].map((c, i, all) => (i === all.length - 1 ? c : '*')).join('')
}

/** Hides all but the ends of what was typed, for screens that another person may look at. */
export function maskNumber(value: string): string {
  const text = [...value.trim()]
  return text.map((c, i) => (i === 0 || (i === text.length - 1 && text.length > 2) ? c : '*')).join('')
}
