import { platform } from '@platform'
import { codeOf } from '../api/errors'
import type { Session, Verification } from '../api/types'
import { emptyCard } from '../journey/card'
import { emptyDraft } from '../journey/document'
import { api } from './client'
import { change, current, keep, keptId } from './store'

/** Forgets the person; how things are shown stays. */
export function forget(): void {
  keep('token', undefined)
  keep('attempt', undefined)
  change({
    session: undefined,
    verification: undefined,
    attempt: undefined,
    trouble: undefined,
    todo: undefined,
    draft: emptyDraft,
    card: emptyCard,
  })
}

const recent = 2000 // milliseconds
let asked = 0 // when the server said last who this is

/** Signs in where nobody is; undefined where the person has to go to a page for it first. */
export async function signIn(): Promise<Session | undefined> {
  const known = Date.now() - asked < recent ? current().session : await refresh() // the gate may just have asked
  const way = platform.signIn
  if (known || way.by === 'page') return known
  const { data } = await api.openSession({ channel: way.channel, auth_code: await way.code(), client: way.device() })
  keep('token', data.token)
  change({ session: data.session })
  return data.session
}

/** Asks the server who this is and what is under way, whatever the app remembers. */
export async function refresh(): Promise<Session | undefined> {
  if (platform.signIn.by === 'code' && !keptId('token')) return undefined
  try {
    const { data: session } = await api.session()
    change({ session, verification: session.verification ?? (await underWay()) })
    asked = Date.now()
    return session
  } catch (error) {
    if (codeOf(error) !== 'session_required') throw error
    forget()
    asked = Date.now()
    return undefined
  }
}

/** A confirmation's verification that has passed is not the session's to tell, but is still to be used. */
async function underWay(): Promise<Verification | undefined> {
  const id = current().verification?.id ?? keptId('verification')
  if (!id) return undefined
  try {
    return (await api.verification(id)).data
  } catch (error) {
    if (codeOf(error) !== 'not_found') throw error
    return undefined
  }
}

/** Ends the session everywhere. */
export async function logOut(): Promise<void> {
  await api.closeSession()
  keep('target', undefined)
  forget()
}
