import { platform } from '@platform'
import { problemCode } from '../api/errors'
import type { Session, Verification } from '../api/types'
import { emptyCard } from '../journey/bank-card'
import { emptyDraft } from '../journey/document'
import { api } from './client'
import { getState, persist, persisted, setState } from './store'

/** Forgets the person; how things are shown stays. */
export function clearSession(): void {
  persist('token', undefined)
  persist('attempt', undefined)
  setState({
    session: undefined,
    verification: undefined,
    attempt: undefined,
    blocked: undefined,
    todo: undefined,
    draft: emptyDraft,
    cardDraft: emptyCard,
  })
}

const sessionTtl = 2000 // milliseconds
let refreshedAt = 0 // when the server said last who this is

/** Signs in where nobody is; undefined where the person has to go to a page for it first. */
export async function signIn(): Promise<Session | undefined> {
  const known = Date.now() - refreshedAt < sessionTtl ? getState().session : await refresh() // the gate may just have asked
  const way = platform.signIn
  if (known || way.by === 'page') return known
  const { data } = await api.openSession({ channel: way.channel, auth_code: await way.code(), client: way.device() })
  persist('token', data.token)
  setState({ session: data.session })
  return data.session
}

/** Asks the server who this is and what is under way, whatever the app remembers. */
export async function refresh(): Promise<Session | undefined> {
  if (platform.signIn.by === 'code' && !persisted('token')) return undefined
  try {
    const { data: session } = await api.session()
    setState({ session, verification: session.verification ?? (await underWay()) })
    refreshedAt = Date.now()
    return session
  } catch (error) {
    if (problemCode(error) !== 'session_required') throw error
    clearSession()
    refreshedAt = Date.now()
    return undefined
  }
}

/** A confirmation's verification that has passed is not the session's to tell, but is still to be used. */
async function underWay(): Promise<Verification | undefined> {
  const id = getState().verification?.id ?? persisted('verification')
  if (!id) return undefined
  try {
    return (await api.verification(id)).data
  } catch (error) {
    if (problemCode(error) !== 'not_found') throw error
    return undefined
  }
}

/** Ends the session everywhere. */
export async function logOut(): Promise<void> {
  await api.closeSession()
  persist('target', undefined)
  clearSession()
}
