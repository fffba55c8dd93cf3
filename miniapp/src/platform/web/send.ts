import { requestTimeout, type SendRequest } from '../../api/transport'

export const send: SendRequest = async ({ method, url, headers, body, binary }) => {
  // iOS 11 has no AbortController. There the system ends a lost request.
  const lost = typeof AbortController === 'function' ? new AbortController() : undefined
  const timer = setTimeout(() => lost?.abort(), requestTimeout)
  try {
    const reply = await fetch(url, {
      method,
      headers,
      body: body ?? null,
      signal: lost?.signal ?? null,
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    })
    const pictured = binary && reply.ok
    const got: Record<string, string> = {}
    reply.headers.forEach((value, name) => {
      got[name.toLowerCase()] = value
    })
    return {
      status: reply.status,
      headers: got,
      text: pictured ? '' : await reply.text(),
      bytes: pictured ? await reply.arrayBuffer() : undefined,
    }
  } finally {
    clearTimeout(timer)
  }
}
