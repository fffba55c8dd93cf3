import type { Failure, Problem } from '../../../src/api/types'

interface Call {
  method: string
  path: string
  query: URLSearchParams
  body: unknown
  key: string | undefined
}

type Answer = unknown | ((call: Call) => unknown)

/** An answer that is not a JSON document with status 200. */
class Status {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Record<string, string> = {},
  ) {}
}

const routes = new Map<string, Answer>()
const calls: Call[] = []
let offline = false

/** Sets the answer to a call, as in `serve('get /v1/todos', { todos: [] })`. A function is asked at each call. */
export function serve(route: string, answer: Answer): void {
  routes.set(route, answer)
}

export function resetServer(): void {
  routes.clear()
  calls.length = 0
  offline = false
}

/** Lets every call fail until the network is back. */
export function setOffline(value: boolean): void {
  offline = value
}

/** The calls of one route so far. */
export function callsOf(route: string): Call[] {
  return calls.filter(({ method, path }) => `${method} ${path}` === route)
}

export function problem(code: string, status = 409, part: Partial<Problem> = {}): Status {
  const document: Problem = {
    type: `https://problems.example/${code}`,
    code,
    status,
    title: `title of ${code}`,
    detail: `detail of ${code}`,
    request_id: 'req_1',
    ...part,
  }
  return new Status(status, document)
}

/** A problem that stops the person, with the entry of the catalogue that says why. */
export function failureProblem(failure: Failure, part: Partial<Problem> = {}): Status {
  return problem(failure.code, 422, { failure, ...part })
}

/** 202: the answer is not final, and the client asks again after some seconds. */
export function pending(body: unknown, retryAfter = 0): Status {
  return new Status(202, body, { 'Retry-After': String(retryAfter) })
}

/** Responds as the server does. A route without an answer is not found. */
export async function fetchFromServer(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = new URL(String(input), 'https://renzheng.example')
  const method = (init.method ?? 'GET').toLowerCase()
  const call: Call = {
    method,
    path: url.pathname,
    query: url.searchParams,
    body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    key: new Headers(init.headers).get('Idempotency-Key') ?? undefined,
  }
  calls.push(call)
  if (offline) throw new TypeError('network error')
  const route = `${method} ${url.pathname}`
  if (!routes.has(route)) return respond(problem('not_found', 404, { title: `no answer for ${route}` }))
  const answer = routes.get(route)
  return respond(typeof answer === 'function' ? answer(call) : answer)
}

function respond(answer: unknown): Response {
  if (answer instanceof Uint8Array) return new Response(answer, { headers: { 'Content-Type': 'image/png' } })
  const { status, body, headers } = answer instanceof Status ? answer : new Status(200, answer)
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
}
