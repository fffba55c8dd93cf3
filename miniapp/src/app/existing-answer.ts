import { ProblemError } from '../api/errors'

/** Returns the id of an answer, including one that exists already because a response was lost or another device answered. */
export async function orExistingAnswer(answer: () => Promise<string>): Promise<string> {
  try {
    return await answer()
  } catch (error) {
    const standing =
      error instanceof ProblemError && error.problem.code === 'todo_already_answered'
        ? error.problem.confirmation
        : undefined
    const id = standing?.split('/').pop()
    if (!id) throw error
    return id
  }
}
