import type { Problem } from '../api/types'

/** The fields of the forms. */
export type FieldName = 'name' | 'number' | 'from' | 'until' | 'card' | 'phone'

/** A field that the server rejected. */
export interface RejectedField {
  field: FieldName
  rule: string
  /** The server's text, for a rule that this client does not know. */
  text: string
}

const fields: Readonly<Record<string, FieldName>> = {
  '/document/name': 'name',
  '/document/number': 'number',
  '/document/valid_from': 'from',
  '/document/valid_until': 'until',
  '/valid_from': 'from',
  '/valid_until': 'until',
  '/card': 'card',
  '/phone': 'phone',
}

/** Returns the fields that a problem names, or undefined if it names anything that is not in a form. */
export function rejectedFields(problem: Problem): readonly RejectedField[] | undefined {
  const { code, errors = [], failure, title } = problem
  if (code !== 'values_invalid' || errors.length === 0) return undefined
  const rejected: RejectedField[] = []
  for (const { pointer = '', rule } of errors) {
    const field = fields[pointer]
    if (!field) return undefined
    rejected.push({ field, rule, text: failure?.prompt ?? title })
  }
  return rejected
}

/** Reports whether a problem is about the document that was entered before the verification started. */
export function concernsDocument({ errors = [] }: Problem): boolean {
  return errors.some(({ pointer }) => pointer?.startsWith('/document/'))
}
