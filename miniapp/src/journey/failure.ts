import type { Attempt, Failure, Problem, Verification } from '../api/types'
import { routeOf, startRoute } from './next'
import type { Route } from './route'

/** What went wrong, from wherever the server said it. */
export interface FailureDetails {
  failure: Failure
  /** How the last try ended, where that differs from what is to be done now. */
  previous?: Failure | undefined
  triesLeft?: number | undefined
  nextAt?: string | undefined
  requestId?: string
}

/** Something to do next. */
export type Action =
  | { do: 'again'; route: Route } // the same check
  | { do: 'mend'; route: Route } // something was typed wrong: what is under way is voided first
  | { do: 'home'; route: Route }

/** What a remedy of the catalogue means on this screen. The others are for the person to do elsewhere. */
const actionOfRemedy: Readonly<Record<string, 'again' | 'mend'>> = {
  retry_now: 'again',
  retry_better_light: 'again',
  retry_finish: 'again',
  allow_camera: 'again',
  check_network: 'again',
  refresh_page: 'again',
  restart_app: 'again',
  wait_result: 'again',
  check_input: 'mend',
  check_spelling: 'mend',
  check_number: 'mend',
  check_validity: 'mend',
  choose_type: 'mend',
}

/** The failure of an attempt says how that try ended; the one of its verification says what to do now. */
export function failureDetailsOf(
  v: Verification | undefined,
  attempt: Attempt | undefined,
): FailureDetails | undefined {
  const failure = v?.failure ?? attempt?.failure
  if (!failure) return undefined
  const previous = attempt?.failure && attempt.failure.code !== failure.code ? attempt.failure : undefined
  return { failure, previous, triesLeft: v?.tries?.left, nextAt: v?.tries?.next_at ?? retryableAt(failure) }
}

/** The failure in the words of a catalogue in another language. What belongs to this one failure stays as it came. */
export function translated(catalogue: readonly Failure[], failure: Failure): Failure {
  const entry = catalogue.find(({ code }) => code === failure.code)
  if (!entry) return failure
  const textOf = (kind: string) => entry.remedies.find((remedy) => remedy.kind === kind)?.text
  const remedies = failure.remedies.map((remedy) => ({ ...remedy, text: textOf(remedy.kind) ?? remedy.text }))
  return { ...failure, prompt: entry.prompt, cause: entry.cause, remedies }
}

/** A problem that stops a person carries its failure too. */
export function failureDetailsOfProblem(problem: Problem): FailureDetails | undefined {
  const { failure, next_at: nextAt, request_id: requestId } = problem
  return failure && { failure, nextAt: nextAt ?? retryableAt(failure), requestId }
}

/** Whether a problem means that the access has ended. A confirm verification ends with it, and is then not found. */
export function endsAccess(problem: Problem, v: Verification | undefined): boolean {
  return (
    problem.code === 'access_required' ||
    (problem.code === 'not_found' && v?.purpose === 'confirm' && v.kind === 'running')
  )
}

/** The ways that this screen offers, in the order of the remedies; the first one is the main one. */
export function actionsFor({ failure }: FailureDetails, v: Verification | undefined): Action[] {
  const begin: Route = v ? startRoute(v) : { screen: 'entry' }
  const running = v?.kind === 'running' && v.tries?.left !== 0
  // Past the face nothing typed at the start is wrong: card or validity are typed again on their own screen.
  if (v && running && v.next && v.next.check !== 'face') return [{ do: 'again', route: routeOf(v) }]
  const ways = new Map<Action['do'], Action>()
  for (const { kind } of failure.remedies) {
    const act = actionOfRemedy[kind]
    if (act === 'mend' && begin.screen === 'entry') ways.set('mend', { do: 'mend', route: begin })
    if (act === 'again' && v && running && failure.retryable) ways.set('again', { do: 'again', route: routeOf(v) })
  }
  return ways.size > 0 ? [...ways.values()] : [{ do: 'home', route: begin }]
}

function retryableAt(failure: Failure): string | undefined {
  return failure.remedies.find((remedy) => remedy.not_before)?.not_before
}
