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

/** No answer came, though the call was repeated. */
export class NetworkError extends Error {
  constructor() {
    super('network_lost')
  }
}

/** Gives the problem's code, or undefined where the error is no problem document. */
export function problemCode(error: unknown): string | undefined {
  return error instanceof ProblemError ? error.problem.code : undefined
}
