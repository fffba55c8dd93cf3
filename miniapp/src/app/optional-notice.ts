import type { Notice } from '../api/types'
import { api } from './client'

/** Returns the notice of something that no check needs, or undefined if the channel does not offer it. */
export async function optionalNotice(kind: 'remember' | 'owner_check', channel: string): Promise<Notice | undefined> {
  const { data } = await api.notices({ purpose: 'access', document_type: 'resident_id', channel })
  return data.optional.find((notice) => notice.kind === kind)
}
