import { patience, type Send } from '../../api/transport'

export const send: Send = async ({ method, url, headers, body, binary }) => {
  const lost = new AbortController()
  const timer = setTimeout(() => lost.abort(), patience)
  try {
    const reply = await fetch(url, { method, headers, body, signal: lost.signal, cache: 'no-store', referrerPolicy: 'no-referrer' })
    const pictured = binary && reply.ok
    return {
      status: reply.status,
      headers: Object.fromEntries([...reply.headers].map(([name, value]) => [name.toLowerCase(), value])),
      text: pictured ? '' : await reply.text(),
      bytes: pictured ? await reply.arrayBuffer() : undefined,
    }
  } finally {
    clearTimeout(timer)
  }
}
