import { platform } from '@platform'
import { problemCode } from '../api/errors'
import type { Session, Verification } from '../api/types'
import { emptyCard } from '../journey/bank-card'
import { emptyDraft } from '../journey/document'
import { api } from './client'
import { getState, isWaiting, persist, persisted, setState } from './store'

/** Clears everything about the person. Language and type size are kept, and what waits for a person to sign in. */
export function clearSession(): void {
  if (persisted('session')) forgetWaiting()
  persist('token', undefined)
  persist('attempt', undefined)
  setState({
    session: undefined,
    verification: undefined,
    attempt: undefined,
    blocked: undefined,
    lifting: false,
    todo: undefined,
    draft: emptyDraft,
    cardDraft: emptyCard,
    rejected: [],
  })
}

/** Forgets what the person was about to open. It must not lead the next person. */
function forgetWaiting(): void {
  persist('target', undefined)
  setState({ invitation: undefined })
}

/** Notes the session in which a target or an invitation waits, and forgets those of another session. */
function waitIn({ id }: Session): void {
  const former = persisted('session')
  if (former !== undefined && former !== id) forgetWaiting()
  else if (isWaiting()) persist('session', id)
}

const sessionTtl = 2000 // milliseconds
let refreshedAt = 0 // when the session was last read from the server

/** Signs in if there is no session. Returns undefined if the person has to sign in on a page. */
export async function signIn(): Promise<Session | undefined> {
  const known = Date.now() - refreshedAt < sessionTtl ? getState().session : await refresh() // the guard may just have read it
  const way = platform.signIn
  if (known || way.by === 'page') return known
  const { data } = await api.openSession({ channel: way.channel, auth_code: await way.code(), client: way.device() })
  persist('token', data.token)
  waitIn(data.session)
  setState({ session: data.session })
  return data.session
}

/** Reads the session and the running verification from the server. */
export async function refresh(): Promise<Session | undefined> {
  if (platform.signIn.by === 'code' && !persisted('token')) return undefined
  try {
    const { data: session } = await api.session()
    waitIn(session)
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

/** Reads a verification that the session does not list: one that has passed and is still needed for a confirmation. */
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

/** Closes the session on the server and here. */
export async function logOut(): Promise<void> {
  await api.closeSession()
  forgetWaiting()
  clearSession()
}
