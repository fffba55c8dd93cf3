import type { Failure, Notice } from '../api/types'
import { documentOf } from '../journey/document'
import { DeclinedError, type Platform } from '../platform/platform'
import { api } from './client'
import { editDraft } from './draft'
import { refresh } from './session'
import { getState } from './store'

/** The result of an owner check. */
export type OwnerAnswer = { result: 'matches' | 'unknown' | 'declined' } | { result: 'differs'; failure: Failure }

/**
 * Records that the person accepted the notice, and lets the channel compare the typed document with the account owner's.
 * A document that matches becomes the session's prefill.
 */
export async function checkOwner(
  request: NonNullable<Platform['requestOwnerCode']>,
  { id, version, hash }: Notice,
): Promise<OwnerAnswer> {
  await api.accept({ notices: [{ id, version, hash }] })
  const { data: begun } = await api.beginOwnerCheck()
  let code: string
  try {
    code = await request(begun.call)
  } catch (error) {
    return { result: error instanceof DeclinedError ? 'declined' : 'unknown' }
  }
  const document = documentOf(getState().draft)
  const { data } = await api.checkOwner({ owner_check_id: begun.id, auth_code: code, document })
  if (data.result === 'differs' && data.failure) return { result: 'differs', failure: data.failure }
  if (data.result !== 'matches') return { result: 'unknown' }
  await refresh()
  editDraft({ prefilled: true })
  return { result: 'matches' }
}
