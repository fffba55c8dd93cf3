import { NetworkError, ProblemError } from './errors'
import { Intents } from './intents'
import type { Outgoing, Reply, Send } from './transport'
import type { Answer, Body, Keyed, Method, Path, Problem } from './types'

/** What a caller needs of its surroundings. */
export interface Surroundings {
  base: string
  send: Send
  token(): string | undefined
  language(): string
  wait(milliseconds: number): Promise<void>
}

/** What a call carries. */
export type Args<P extends Path, M extends Method> = {
  ids?: Record<string, string>
  query?: Record<string, string | undefined>
} & (Keyed<P, M> extends true ? { keyed: true } : { keyed?: never }) &
  (Body<P, M> extends undefined ? { body?: never } : { body: Body<P, M> })

const pauses = [400, 1500] // before the second and the third try
const longestWait = 5 // seconds that a person is made to wait without being told

/** Makes calls of the contract: keys, repetitions, problem documents. */
export class Caller {
  private readonly intents = new Intents()
  private readonly running = new Map<string, Promise<Reply>>()

  constructor(private readonly around: Surroundings) {}

  /** Makes a call and gives its document; `retryAfter` is set where the answer is 202. */
  async call<P extends Path, M extends Method>(
    method: M,
    path: P,
    args: Args<P, M>,
  ): Promise<{ data: Answer<P, M>; retryAfter: number | undefined }> {
    const reply = await this.request(method, path, args, false)
    const data = (reply.text ? JSON.parse(reply.text) : undefined) as Answer<P, M>
    return { data, retryAfter: reply.status === 202 ? (secondsOf(reply) ?? 2) : undefined }
  }

  /** Fetches a document as the text that came, where its bytes count. */
  async text<P extends Path>(path: P, ids: Record<string, string>): Promise<string> {
    return (await this.request('get', path, { ids }, false)).text
  }

  /** Fetches a picture. */
  async picture<P extends Path>(path: P, ids: Record<string, string>): Promise<Reply> {
    return this.request('get', path, { ids }, true)
  }

  private request(
    method: Method,
    path: string,
    args: { ids?: Record<string, string>; query?: Record<string, string | undefined>; keyed?: boolean; body?: unknown },
    binary: boolean,
  ): Promise<Reply> {
    const url = this.around.base + fill(path, args.ids) + queryOf(args.query)
    const body = args.body === undefined ? undefined : JSON.stringify(args.body)
    const request: Outgoing = { method: upper[method], url, headers: this.headers(body), body, binary }
    const intent = `${request.method} ${url} ${body ?? ''}`
    if (args.keyed) request.headers['Idempotency-Key'] = this.intents.keyOf(intent)
    // A second press while the first is under way waits for the same answer.
    const known = method === 'get' ? undefined : this.running.get(intent)
    if (known) return known
    const reply = this.persist(request, intent).finally(() => this.running.delete(intent))
    this.running.set(intent, reply)
    return reply
  }

  private headers(body: string | undefined): Record<string, string> {
    const headers: Record<string, string> = { 'Accept-Language': this.around.language() }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    const token = this.around.token()
    if (token) headers.Authorization = `Bearer ${token}`
    return headers
  }

  /** Sends until there is an answer to go by. Every call of the contract may be repeated: by nature or by its key. */
  private async persist(request: Outgoing, intent: string): Promise<Reply> {
    for (let attempt = 0; ; attempt++) {
      const reply = await this.around.send(request).catch(() => undefined)
      const pause = pauses[attempt]
      if (reply && reply.status < 400) {
        this.intents.settle(intent)
        return reply
      }
      const again = waitFor(reply)
      if (again === undefined || pause === undefined) throw this.failed(reply, intent)
      await this.around.wait(Math.max(pause, again * 1000))
    }
  }

  private failed(reply: Reply | undefined, intent: string): Error {
    if (!reply) return new NetworkError()
    if (waitFor(reply) === undefined) this.intents.settle(intent)
    const problem = problemOf(reply)
    return problem ? new ProblemError(problem, secondsOf(reply)) : new NetworkError()
  }
}

const upper = { get: 'GET', post: 'POST', delete: 'DELETE' } as const

/** Seconds until the same call may bring an answer; undefined where it would bring the same one. */
function waitFor(reply: Reply | undefined): number | undefined {
  if (!reply) return 0
  const undecided = reply.status >= 500 || reply.status === 429 || problemOf(reply)?.code === 'idempotency_key_running'
  const seconds = secondsOf(reply) ?? 0
  return undecided && seconds <= longestWait ? seconds : undefined
}

function secondsOf(reply: Reply): number | undefined {
  const seconds = Number(reply.headers['retry-after'])
  return reply.headers['retry-after'] && seconds >= 0 ? seconds : undefined
}

function problemOf(reply: Reply): Problem | undefined {
  try {
    const problem = JSON.parse(reply.text) as Problem
    return typeof problem.code === 'string' ? problem : undefined
  } catch {
    return undefined // a proxy on the way, not our server
  }
}

function fill(path: string, ids: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''))
}

function queryOf(query: Record<string, string | undefined> = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`)
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}
