import { NetworkError, ProblemError } from './errors'
import { IdempotencyKeys } from './idempotency-keys'
import type { HttpRequest, HttpResponse, SendRequest } from './transport'
import type { Answer, Body, Keyed, Method, Path, Problem } from './types'

/** What a caller depends on. */
export interface CallerOptions {
  base: string
  send: SendRequest
  token(): string | undefined
  language(): string
  sleep(milliseconds: number): Promise<void>
}

/** The parameters, body and key of a call. */
export type CallOptions<P extends Path, M extends Method> = {
  ids?: Record<string, string>
  query?: Record<string, string | undefined>
} & (Keyed<P, M> extends true ? { keyed: true } : { keyed?: never }) &
  (Body<P, M> extends undefined ? { body?: never } : { body: Body<P, M> })

const retryDelays = [400, 1500] // milliseconds before the second and the third try
const longestRetryAfter = 5 // seconds that a call may wait before it fails visibly

/** Calls the API with idempotency keys, retries and problem documents. */
export class Caller {
  private readonly idempotencyKeys = new IdempotencyKeys()
  private readonly inFlight = new Map<string, Promise<HttpResponse>>()

  constructor(private readonly options: CallerOptions) {}

  /** Makes a call and returns its document. `retryAfter` is set if the status is 202. */
  async call<P extends Path, M extends Method>(
    method: M,
    path: P,
    args: CallOptions<P, M>,
  ): Promise<{ data: Answer<P, M>; retryAfter: number | undefined }> {
    const reply = await this.request(method, path, args, false)
    const data = (reply.text ? JSON.parse(reply.text) : undefined) as Answer<P, M>
    return { data, retryAfter: reply.status === 202 ? (retryAfterHeader(reply) ?? 2) : undefined }
  }

  /** Returns a document as the text that was received, for documents whose bytes matter. */
  async text<P extends Path>(path: P, ids: Record<string, string>): Promise<string> {
    return (await this.request('get', path, { ids }, false)).text
  }

  /** Returns a picture. */
  async picture<P extends Path>(path: P, ids: Record<string, string>): Promise<HttpResponse> {
    return this.request('get', path, { ids }, true)
  }

  private request(
    method: Method,
    path: string,
    args: { ids?: Record<string, string>; query?: Record<string, string | undefined>; keyed?: boolean; body?: unknown },
    binary: boolean,
  ): Promise<HttpResponse> {
    const url = this.options.base + expandPath(path, args.ids) + queryString(args.query)
    const body = args.body === undefined ? undefined : JSON.stringify(args.body)
    const request: HttpRequest = { method: httpMethods[method], url, headers: this.headers(body), body, binary }
    const intent = `${request.method} ${url} ${body ?? ''}`
    if (args.keyed) request.headers['Idempotency-Key'] = this.idempotencyKeys.get(intent)
    // A second press during a call waits for the same response.
    const known = method === 'get' ? undefined : this.inFlight.get(intent)
    if (known) return known
    const reply = this.sendInFlight(request, intent)
    this.inFlight.set(intent, reply)
    return reply
  }

  private async sendInFlight(request: HttpRequest, intent: string): Promise<HttpResponse> {
    try {
      return await this.sendWithRetry(request, intent)
    } finally {
      this.inFlight.delete(intent)
    }
  }

  private headers(body: string | undefined): Record<string, string> {
    const headers: Record<string, string> = { 'Accept-Language': this.options.language() }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    const token = this.options.token()
    if (token) headers.Authorization = `Bearer ${token}`
    return headers
  }

  /** Sends a request until there is a final response. Every call is safe to repeat, either by itself or by its key. */
  private async sendWithRetry(request: HttpRequest, intent: string): Promise<HttpResponse> {
    for (let attempt = 0; ; attempt++) {
      const reply = await this.options.send(request).catch(() => undefined)
      const pause = retryDelays[attempt]
      if (reply && reply.status < 400) {
        this.idempotencyKeys.release(intent)
        return reply
      }
      const again = retryAfter(reply)
      if (again === undefined || pause === undefined) throw this.errorFor(reply, intent)
      await this.options.sleep(Math.max(pause, again * 1000))
    }
  }

  private errorFor(reply: HttpResponse | undefined, intent: string): Error {
    if (!reply) return new NetworkError()
    if (retryAfter(reply) === undefined) this.idempotencyKeys.release(intent)
    const problem = problemOf(reply)
    return problem ? new ProblemError(problem, retryAfterHeader(reply)) : new NetworkError()
  }
}

const httpMethods = { get: 'GET', post: 'POST', put: 'PUT', delete: 'DELETE' } as const

/** Returns the seconds until a retry makes sense, or undefined if a retry would have the same result. */
function retryAfter(reply: HttpResponse | undefined): number | undefined {
  if (!reply) return 0
  const undecided = reply.status >= 500 || reply.status === 429 || problemOf(reply)?.code === 'idempotency_key_running'
  const seconds = retryAfterHeader(reply) ?? 0
  return undecided && seconds <= longestRetryAfter ? seconds : undefined
}

function retryAfterHeader(reply: HttpResponse): number | undefined {
  const seconds = Number(reply.headers['retry-after'])
  return reply.headers['retry-after'] && seconds >= 0 ? seconds : undefined
}

function problemOf(reply: HttpResponse): Problem | undefined {
  try {
    const problem = JSON.parse(reply.text) as Problem
    return typeof problem.code === 'string' ? problem : undefined
  } catch {
    return undefined // from a proxy, not from our server
  }
}

function expandPath(path: string, ids: Record<string, string> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''))
}

function queryString(query: Record<string, string | undefined> = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`)
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}
