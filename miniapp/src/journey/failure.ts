import type { Attempt, Failure, Problem, Verification } from '../api/types'
import { routeOf, startRoute } from './next'
import type { Route } from './route'
import { windowSlipCode } from './window-slip'

/** A failure with everything that is shown about it. */
export interface FailureDetails {
  failure: Failure
  /** The failure of the last attempt, if it differs. */
  previous?: Failure | undefined
  triesLeft?: number | undefined
  nextAt?: string | undefined
  requestId?: string
}

/** A next step that the screen offers. */
export type Action =
  | { kind: 'retry'; route: Route } // the same check
  | { kind: 'query'; route: Route } // the result of the same attempt
  | { kind: 'correct'; route: Route } // some input is wrong; the verification is voided first
  | { kind: 'lift'; route: Route } // the freeze of the person's number, by a verification of its own
  | { kind: 'home'; route: Route }

/** The action for a remedy of the catalogue. The other remedies are for the person to do elsewhere. */
const actionOfRemedy: Readonly<Record<string, 'retry' | 'query' | 'correct' | 'lift'>> = {
  retry_now: 'retry',
  retry_better_light: 'retry',
  retry_finish: 'retry',
  allow_camera: 'retry',
  check_network: 'retry',
  refresh_page: 'retry',
  restart_app: 'retry',
  wait_result: 'query',
  check_input: 'correct',
  check_spelling: 'correct',
  check_number: 'correct',
  check_validity: 'correct',
  choose_type: 'correct',
  lift_freeze: 'lift',
}

/** The checks whose screens ask for something that can be corrected there. */
const checksWithInput: readonly string[] = ['bank_card', 'four_elements']

/** The remedies for what such a screen asks for. */
const inputRemedies: readonly string[] = ['check_input', 'check_validity', 'other_card', 'other_phone']

/** Returns the details of a failed verification. Its own failure says what to do now, that of the attempt what happened. */
export function failureDetailsOf(
  v: Verification | undefined,
  attempt: Attempt | undefined,
): FailureDetails | undefined {
  const failure = v?.failure ?? attempt?.failure
  if (!failure) return undefined
  const previous = attempt?.failure && attempt.failure.code !== failure.code ? attempt.failure : undefined
  return { failure, previous, triesLeft: v?.tries?.left, nextAt: v?.tries?.next_at ?? retryableAt(failure) }
}

/** Returns the failure in the language of a catalogue. Its slip code, times and note are kept. */
export function translated(catalogue: readonly Failure[], failure: Failure): Failure {
  const entry = catalogue.find(({ code }) => code === failure.code)
  if (!entry) return failure
  const textOf = (kind: string) => entry.remedies.find((remedy) => remedy.kind === kind)?.text
  const remedies = failure.remedies.map((remedy) => ({ ...remedy, text: textOf(remedy.kind) ?? remedy.text }))
  return { ...failure, prompt: entry.prompt, cause: entry.cause, remedies }
}

/** Returns the details of a problem that contains a failure. */
export function failureDetailsOfProblem(problem: Problem): FailureDetails | undefined {
  const { failure, next_at: nextAt, request_id: requestId } = problem
  return failure && { failure, nextAt: nextAt ?? retryableAt(failure), requestId }
}

/** Reports whether a problem means that the access has ended. A confirm verification ends with it, and is then not found. */
export function endsAccess(problem: Problem, v: Verification | undefined): boolean {
  return (
    problem.code === 'access_required' ||
    (problem.code === 'not_found' && v?.purpose === 'confirm' && v.kind === 'running')
  )
}

/** Returns the actions that the screen offers, in the order of the remedies. The first one is the primary one. */
export function actionsFor({ failure }: FailureDetails, v: Verification | undefined): Action[] {
  const begin: Route = v ? startRoute(v) : { screen: 'entry' }
  const running = v?.kind === 'running' && v.tries?.left !== 0
  // After the face check the document is correct. Card and validity are entered again on their own screens.
  if (v && running && v.next && v.next.check !== 'face' && canPass(failure, v.next.check))
    return [{ kind: 'retry', route: routeOf(v) }]
  const ways = new Map<Action['kind'], Action>()
  for (const { kind, not_before: notBefore } of failure.remedies) {
    const act = kind === 'retry_later' && !notBefore ? 'retry' : actionOfRemedy[kind]
    if (act === 'lift') ways.set('lift', { kind: 'lift', route: { screen: 'entry' } })
    if (act === 'correct' && begin.screen === 'entry') ways.set('correct', { kind: 'correct', route: begin })
    if ((act === 'retry' || act === 'query') && v && running && failure.retryable)
      ways.set(act, { kind: act, route: routeOf(v) })
  }
  return ways.size > 0 ? [...ways.values()] : [{ kind: 'home', route: begin }]
}

/** Reports whether the slip for the service window is the main action, because the person can do nothing else here. */
export function leadsToWindow(failure: Failure, actions: readonly Action[]): boolean {
  return actions.every(({ kind }) => kind === 'home') && windowSlipCode(failure) !== undefined
}

/** Reports whether a check can pass after a failure: by itself, or with other input. */
function canPass({ retryable, remedies }: Failure, check: string): boolean {
  return retryable || (checksWithInput.includes(check) && remedies.some(({ kind }) => inputRemedies.includes(kind)))
}

/** Returns the tries left, if the failure used one up and the screen offers another one. */
export function triesToShow({ failure, triesLeft }: FailureDetails, actions: readonly Action[]): number | undefined {
  const offered = actions.some(({ kind }) => kind === 'retry' || kind === 'correct')
  return failure.counted && offered ? triesLeft : undefined
}

function retryableAt(failure: Failure): string | undefined {
  return failure.remedies.find((remedy) => remedy.not_before)?.not_before
}
