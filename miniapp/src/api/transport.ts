/** One request as a platform sends it. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  headers: Record<string, string>
  body?: string | undefined
  /** The answer is a picture: give its bytes. */
  binary: boolean
}

/** One answer, whatever its status. */
export interface HttpResponse {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  text: string
  bytes?: ArrayBuffer | undefined
}

/** Sends a request; rejects where no answer came. */
export type SendRequest = (request: HttpRequest) => Promise<HttpResponse>

/** After this long a request counts as lost and is repeated with its key. */
export const requestTimeout = 15_000

/** Returns the answer that a mini-program's platform received. Headers and data may be absent. */
export function responseOf(status: number, headers?: Record<string, unknown> | null, data?: unknown): HttpResponse {
  const out: Record<string, string> = {}
  // Platforms differ in the case of header names.
  for (const [name, value] of Object.entries(headers ?? {})) out[name.toLowerCase()] = String(value)
  return { status, headers: out, text: textOf(data), bytes: isArrayBuffer(data) ? data : undefined }
}

/** What a platform hands over may come from a realm of its own, with another ArrayBuffer than ours. */
function isArrayBuffer(data: unknown): data is ArrayBuffer {
  return Object.prototype.toString.call(data) === '[object ArrayBuffer]'
}

/** Returns the data as text. Some versions parse JSON even if they are asked for text. */
function textOf(data: unknown): string {
  if (typeof data === 'string') return data
  return data === undefined || data === null || isArrayBuffer(data) ? '' : JSON.stringify(data)
}
