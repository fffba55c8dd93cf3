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

/** Gives the headers with names in lower case, since platforms spell them each in their own way. */
export function lowerCased(headers: Record<string, unknown> | undefined): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers ?? {})) out[name.toLowerCase()] = String(value)
  return out
}
