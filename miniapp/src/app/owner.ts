import type { Failure } from '../api/types'
import { documentOf } from '../journey/document'
import { DeclinedError, type Platform } from '../platform/platform'
import { api } from './client'
import { editDraft } from './draft'
import { refresh } from './session'
import { getState } from './store'

/** What the check whose the account is came to. */
export type OwnerAnswer = { result: 'matches' | 'unknown' | 'declined' } | { result: 'differs'; failure: Failure }

/**
 * Has the channel compare the typed document with the account owner's. One that matches is the prefill of the session
 * from then on.
 */
export async function checkOwner(request: NonNullable<Platform['requestOwnerCode']>): Promise<OwnerAnswer> {
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
