// The sandbox's side of a phone: sign-in codes, and a person in front of the camera.
import type { Traveller } from './person'

export const server = process.env.RENZHENG_SERVER ?? 'http://127.0.0.1:8080'
const sandbox = process.env.RENZHENG_SANDBOX ?? 'http://127.0.0.1:8090'

export async function post(path: string, fields: Record<string, string>): Promise<Response> {
  const headers = { Accept: 'application/json' }
  const response = await fetch(sandbox + path, { method: 'POST', headers, body: new URLSearchParams(fields) })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response
}

/** Submits a form of the sandbox, and returns the JSON document that it answers with. */
export async function form<T>(path: string, fields: Record<string, string>): Promise<T> {
  return (await (await post(path, fields)).json()) as T
}

/** Agrees in WeChat Pay's mini-program, and returns what it hands back. */
export async function payConsent(
  appId: string,
  path: string,
  extraData: Record<string, string>,
): Promise<Record<string, unknown>> {
  if (appId !== 'wx88736d7d39e2eda6' || path !== 'pages/oauth/authindex') throw new Error(`${appId} has no ${path}`)
  const response = await fetch(`${sandbox}/wechatpay/sandbox/consent`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(extraData),
  })
  const handed = (await response.json()) as Record<string, unknown>
  if (typeof handed.auth_code !== 'string' || handed.auth_code === '') throw new Error(JSON.stringify(handed))
  return handed
}

/** Pushes a case for a person, so that there is something to confirm. */
export function pushCase(openId: string): Promise<Response> {
  return post(`/sandbox/people/${openId}/case`, {})
}

/** Pushes a revision of a case that differs from the others in one item. */
export async function pushRevision(id: string, revision: number, person: Traveller, capital: string): Promise<void> {
  const document = { type: 'resident_id', number: person.number, name: person.name }
  const response = await fetch(`${sandbox}/sandbox/cases/${id}`, {
    method: 'PUT',
    body: JSON.stringify({
      revision,
      header: {
        enterprise_name: '样例变更有限公司（模拟）',
        business_kind: 'establishment',
        mode: 'online',
        applied_on: new Date().toISOString().slice(0, 10),
      },
      items: [{ label: '注册资本', value: capital }],
      signers: [{ signer_id: 'S1', role: '股东', document, items: [] }],
    }),
  })
  if (!response.ok) throw new Error(`the case was not taken: ${response.status} ${await response.text()}`)
}

/** What leads a signer to a to-do. */
interface Invitation {
  code: string
  scene: string
}

/** Lets the registry invite a signer of a case. */
export function invite(caseId: string, signerId: string): Promise<Invitation> {
  return form(`/sandbox/cases/${caseId}/signers/${signerId}/invitation`, {})
}

/** What a channel has delivered to an account: how many messages, and the page that the last one opens. */
export interface Delivered {
  subscribe: number
  page: string
}

const messagesOf = {
  weapp: (openId: string) => `/wechat/sandbox/messages?openid=${openId}`,
  alipay: (openId: string) => `/sandbox/messages?open_id=${openId}`,
} as const

export type PlatformName = keyof typeof messagesOf

export async function delivered(platform: PlatformName, openId: string): Promise<Delivered> {
  return (await (await fetch(sandbox + messagesOf[platform](openId))).json()) as Delivered
}

interface Relayed {
  status: number
  headers: Record<string, string>
  bytes: ArrayBuffer
}

/** Returns the path of an address of the API, whichever origin the bundle was built for. The client calls /v1 only. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  if (!pathname.startsWith('/v1/')) throw new Error(`a call of ${url}`)
  return pathname + search
}

/** Sends a request to the real server as a phone does, and returns the response. */
export async function relay(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Relayed> {
  const response = await fetch(new URL(pathOf(url), server), { method, headers, body: body ?? null })
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    bytes: await response.arrayBuffer(),
  }
}

export const decode = (bytes: ArrayBuffer) => new TextDecoder().decode(bytes)

/** A canvas that accepts every call and draws nothing. */
export function selectorQuery() {
  const pen = new Proxy<Record<string | symbol, unknown>>({}, { get: (kept, name) => kept[name] ?? (() => undefined) })
  const canvas = { node: { width: 0, height: 0, getContext: () => pen }, width: 300, height: 150 }
  const query = {
    select: () => query,
    fields: () => query,
    in: () => query,
    exec: (done: (found: unknown[]) => void) => done([canvas]),
  }
  return query
}

/** Returns undefined from every function that a stub does not define, and for what bundlers look for. */
export function lenient(stub: Record<string, unknown>): Record<string, unknown> {
  return new Proxy(stub, {
    get: (target, name) =>
      name in target || /^(webpack|\$|taro|_)/i.test(String(name)) ? target[String(name)] : () => undefined,
  })
}
