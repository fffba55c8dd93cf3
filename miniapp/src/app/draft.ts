import type { CardDraft } from '../journey/bank-card'
import type { Draft } from '../journey/document'
import type { FieldName } from '../journey/invalid-values'
import { getState, setState } from './store'

/** Changes the document that is being entered. */
export function editDraft(part: Partial<Draft>): void {
  setState({ draft: { ...getState().draft, ...part }, rejected: stillRejected(Object.keys(part)) })
}

/** Changes the bank card that is being entered. */
export function editCard(part: Partial<CardDraft>): void {
  setState({ cardDraft: { ...getState().cardDraft, ...part }, rejected: stillRejected(Object.keys(part)) })
}

/** Returns the rejected fields without those that were edited. Another document type or 长期 changes what is valid. */
function stillRejected(edited: readonly string[]) {
  const { rejected } = getState()
  const affected: readonly string[] = [
    ...edited,
    ...(edited.includes('type') ? (['name', 'number'] satisfies FieldName[]) : []),
    ...(edited.includes('from') || edited.includes('longTerm') ? (['until'] satisfies FieldName[]) : []),
  ]
  return rejected.some(({ field }) => affected.includes(field))
    ? rejected.filter(({ field }) => !affected.includes(field))
    : rejected
}
