/** A request to be sent by a platform. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  headers: Record<string, string>
  body?: string | undefined
  /** Whether the response is a picture, to be returned as bytes. */
  binary: boolean
}

/** A response, whatever its status. */
export interface HttpResponse {
  status: number
  /** Header names are in lower case. */
  headers: Record<string, string>
  text: string
  bytes?: ArrayBuffer | undefined
}

/** Sends a request. Rejects if there is no response. */
export type SendRequest = (request: HttpRequest) => Promise<HttpResponse>

/** Milliseconds after which a request is considered lost and is repeated with its key. */
export const requestTimeout = 15_000

/** Returns the response that a mini-program's platform received. Headers and data may be absent. */
export function responseOf(status: number, headers?: Record<string, unknown> | null, data?: unknown): HttpResponse {
  const out: Record<string, string> = {}
  // Platforms differ in the case of header names.
  for (const [name, value] of Object.entries(headers ?? {})) out[name.toLowerCase()] = String(value)
  return { status, headers: out, text: textOf(data), bytes: isArrayBuffer(data) ? data : undefined }
}

/** Reports whether data is an ArrayBuffer, perhaps of another realm, as platforms return it. */
function isArrayBuffer(data: unknown): data is ArrayBuffer {
  return Object.prototype.toString.call(data) === '[object ArrayBuffer]'
}

/** Returns the data as text. Some versions parse JSON even if they are asked for text. */
function textOf(data: unknown): string {
  if (typeof data === 'string') return data
  return data === undefined || data === null || isArrayBuffer(data) ? '' : JSON.stringify(data)
}
