import { ProblemError } from '../api/errors'

/** Gives the id of the answer, also where it was given before: after a lost reply, or on another phone. */
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
