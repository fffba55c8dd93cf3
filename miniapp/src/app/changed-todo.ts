import { ProblemError, problemCode } from '../api/errors'
import type { Todo } from '../api/types'
import { api } from './client'
import { popTo } from './navigation'
import { getState, persist, setState } from './store'

/** Rejections of a call that names other content than the to-do has now. The same call would be rejected again. */
const changed: readonly (string | undefined)[] = ['revision_stale', 'todo_changed', 'content_not_shown']

/** Makes a call that is bound to the content that was shown. If that has changed, the person is led to read it again. */
export async function boundToContent(id: string, call: () => Promise<void>): Promise<void> {
  try {
    await call()
  } catch (error) {
    if (!changed.includes(problemCode(error))) throw error
    await readAgain(id)
  }
}

/** Leads to the content of a to-do, and says that it has changed. A verification for the previous content is voided. */
export async function readAgain(id: string): Promise<void> {
  const { verification } = getState()
  if (verification?.todo_id === id) {
    await api.voidVerification(verification.id).catch(ignoreProblem)
    persist('attempt', undefined)
    setState({ verification: undefined, attempt: undefined, blocked: undefined })
  }
  setState({ todo: undefined, message: 'contentChanged' })
  popTo({ screen: 'detail', id })
}

/** Returns the id of the to-do that took the place of another one, or undefined if it cannot be told from the list. */
export async function successorOf({ content, opened_at }: Todo): Promise<string | undefined> {
  const { data } = await api.todos()
  const later = data.todos.filter(
    (row) =>
      row.kind === 'open' &&
      row.registry_name === content.registry_name &&
      row.role === content.role &&
      row.represented === content.represents?.enterprise_name &&
      Date.parse(row.opened_at ?? '') >= Date.parse(opened_at),
  )
  const named = later.filter((row) => row.enterprise_name === content.header.enterprise_name)
  const [row, ...others] = named.length > 0 ? named : later
  return others.length === 0 ? row?.id : undefined
}

/** The server may have ended the verification together with the previous content. */
function ignoreProblem(error: unknown): void {
  if (!(error instanceof ProblemError)) throw error
}
