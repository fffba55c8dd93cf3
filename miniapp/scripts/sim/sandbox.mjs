// The sandbox's side of a phone: codes, and a person before the camera.
export const server = process.env.RENZHENG_SERVER ?? 'http://127.0.0.1:8080'
const sandbox = process.env.RENZHENG_SANDBOX ?? 'http://127.0.0.1:8090'

export async function post(path, fields) {
  const headers = { Accept: 'application/json' }
  const reply = await fetch(sandbox + path, { method: 'POST', headers, body: new URLSearchParams(fields) })
  if (!reply.ok) throw new Error(`${path}: ${reply.status}`)
  return reply
}

export async function form(path, fields) {
  return (await post(path, fields)).json()
}

/** Pushes a case for a person, so that there is something to confirm. */
export function pushCase(openId) {
  return post(`/sandbox/people/${openId}/case`, {})
}

/** What WeChat has delivered to an account: how many subscribe messages, and the page that the last one opens. */
export async function delivered(openId) {
  return (await fetch(`${sandbox}/wechat/sandbox/messages?openid=${openId}`)).json()
}

/** Sends a request to the real server as a phone would, and gives what came. The client calls nothing but /v1. */
export async function relay(url, method, headers, body) {
  if (!url.startsWith('/v1/')) throw new Error(`a call of ${url}`)
  const reply = await fetch(new URL(url, server), { method, headers, body })
  return { status: reply.status, headers: Object.fromEntries(reply.headers), bytes: await reply.arrayBuffer() }
}

export const decode = (bytes) => new TextDecoder().decode(bytes)

/** A canvas that takes everything and shows nothing. */
export function selectorQuery() {
  const pen = new Proxy({}, { get: (kept, name) => kept[name] ?? (() => undefined) })
  const canvas = { node: { width: 0, height: 0, getContext: () => pen }, width: 300, height: 150 }
  const query = { select: () => query, fields: () => query, in: () => query, exec: (done) => done([canvas]) }
  return query
}

/** Answers undefined to every call that nobody has written, and to what bundlers look for. */
export function lenient(known) {
  return new Proxy(known, {
    get: (target, name) =>
      name in target || /^(webpack|\$|taro|_)/i.test(String(name)) ? target[name] : () => undefined,
  })
}
