import type { Problem } from './types'

/** The server answered with a problem document. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfter: number | undefined,
  ) {
    super(problem.code)
  }
}

/** There was no response, even after retries. */
export class NetworkError extends Error {
  constructor() {
    super('network_lost')
  }
}

/** Returns the code of a problem, or undefined if the error is not a problem document. */
export function problemCode(error: unknown): string | undefined {
  return error instanceof ProblemError ? error.problem.code : undefined
}
