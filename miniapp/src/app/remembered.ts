import { problemCode } from '../api/errors'
import type { MaskedDocument, Notice } from '../api/types'
import { documentTypes } from '../journey/document'
import { api } from './client'
import { editDraft } from './draft'
import { refresh } from './session'
import { getState } from './store'

/** Fills in the remembered document. Reports whether it exists and is the one that was shown. */
export async function prefillRemembered(shown: MaskedDocument | undefined): Promise<boolean> {
  const { data } = await api.prefillRemembered()
  await refresh()
  if (data.document && sameDocument(data.document, shown)) {
    editDraft({ prefilled: true, type: documentTypes.find((type) => type === data.document?.type) ?? 'resident_id' })
    return true
  }
  editDraft({ prefilled: false })
  return false
}

/** Keeps the document of this session's access for the account. */
export async function remember({ id, version, hash }: Notice): Promise<void> {
  await api.remember({ notice: { id, version, hash } })
  await refresh()
}

/** Deletes the remembered document. */
export async function forget(): Promise<void> {
  const id = getState().session?.remembered?.consent_id
  try {
    if (id) await api.withdraw(id)
  } catch (error) {
    if (problemCode(error) !== 'not_found') throw error // not_found: it was withdrawn elsewhere
  }
  if (getState().session?.prefill_from === 'remembered') editDraft({ prefilled: false })
  await refresh()
}

export function sameDocument(a: MaskedDocument, b: MaskedDocument | undefined): boolean {
  return a.type === b?.type && a.number_masked === b.number_masked && a.name_masked === b.name_masked
}
