/** One request as a platform sends it. */
export interface Outgoing {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  headers: Record<string, string>
  body?: string
  /** The answer is a picture: give its bytes. */
  binary: boolean
}

/** One answer, whatever its status. */
export interface Reply {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  text: string
  bytes?: ArrayBuffer
}

/** Sends a request; rejects where no answer came. */
export type Send = (request: Outgoing) => Promise<Reply>

/** After this long a request counts as lost and is repeated with its key. */
export const patience = 15_000

/** Returns what a mini-program's platform received. It may leave out headers and data. */
export function replyOf(status: number, headers?: Record<string, unknown> | null, data?: unknown): Reply {
  const out: Record<string, string> = {}
  // Platforms spell names each in their own way.
  for (const [name, value] of Object.entries(headers ?? {})) out[name.toLowerCase()] = String(value)
  return { status, headers: out, text: textOf(data), bytes: data instanceof ArrayBuffer ? data : undefined }
}

/** Some versions parse JSON whatever they are asked. */
function textOf(data: unknown): string {
  if (typeof data === 'string') return data
  return data === undefined || data === null || data instanceof ArrayBuffer ? '' : JSON.stringify(data)
}
