// A registry's client of Renzheng: Node 18 or later, without packages. Without arguments it prints its usage.

import crypto from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const USAGE = `
  node renzheng.mjs push CASE_ID FILE                 push a revision of a case
  node renzheng.mjs pull                              print new events of the feed, one a line
  node renzheng.mjs evidence CASE_ID SIGNER_ID REVISION   fetch, verify and file evidence
  node renzheng.mjs serve PORT                        take events on 127.0.0.1
  node renzheng.mjs vectors DIR                       check this client with the test vectors

Settings are in the JSON file that RENZHENG names; see README.md.
`
const ARGUMENTS = { push: 2, pull: 0, evidence: 3, serve: 1, vectors: 1 }

const TOLERANCE = 300 // seconds between webhook-timestamp and our clock
const MAX_EVENT = 256 << 10
const HALF_N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n >> 1n // of the order of P-256

/** What came is not what it should be. */
class Rejected extends Error {}

const sha256 = (data) => crypto.createHash('sha256').update(data).digest()

// --- signing requests (RFC 9421) ---

export const contentDigest = (body) => `sha-256=:${sha256(body).toString('base64')}:`

/** Returns the signature base and the parameters, which go into Signature-Input. */
export function signatureBase({ method, authority, path, query, digest, created, keyId, nonce }) {
  const parts = { '@method': method, '@authority': authority, '@path': path, '@query': '?' + query }
  if (digest) parts['content-digest'] = digest
  const covered = Object.keys(parts).map((name) => `"${name}"`).join(' ')
  const params = `(${covered});created=${created};keyid="${keyId}";nonce="${nonce}"`
  const lines = Object.entries(parts).map(([name, value]) => `"${name}": ${value}`)
  return { base: [...lines, `"@signature-params": ${params}`].join('\n'), params }
}

/** Signs by Ed25519, or by ecdsa-p256-sha256, which is r and s, 32 bytes each. */
export function sign(key, base) {
  const ed25519 = key.asymmetricKeyType === 'ed25519'
  return crypto.sign(ed25519 ? null : 'sha256', Buffer.from(base), ed25519 ? key : { key, dsaEncoding: 'ieee-p1363' })
}

/** Calls the server as the registry of the settings. */
export class Client {
  constructor(settings) {
    this.settings = settings
    this.key = crypto.createPrivateKey(fs.readFileSync(settings.key))
    this.keys = new Map()
    fs.mkdirSync(settings.data, { recursive: true })
  }

  async send(method, path, query = '', body = undefined) {
    const digest = body && contentDigest(body)
    const { base, params } = signatureBase({
      method, path, query, digest, authority: this.settings.authority, keyId: this.settings.key_id,
      created: Math.floor(Date.now() / 1000), nonce: crypto.randomBytes(18).toString('base64url'),
    })
    const headers = { 'Signature-Input': `sig1=${params}`, Signature: `sig1=:${sign(this.key, base).toString('base64')}:` }
    if (body) Object.assign(headers, { 'Content-Type': 'application/json', 'Content-Digest': digest })
    return get(this.settings.base + path + (query && '?' + query), { method, headers, body })
  }

  async push(caseId, body) {
    return JSON.parse(await this.send('PUT', `/registry/v1/cases/${caseId}`, '', body))
  }

  /** Yields new events. The cursor is kept after each page, so an event may come again, but none is missed. */
  async *pull() {
    const cursor = path.join(this.settings.data, 'cursor')
    let after = fs.existsSync(cursor) ? Number(fs.readFileSync(cursor, 'utf8')) : 0
    for (;;) {
      const page = JSON.parse(await this.send('GET', '/registry/v1/events', `after=${after}`))
      yield* page.events
      if (page.next_after === after) return
      after = page.next_after
      fs.writeFileSync(cursor, String(after))
    }
  }

  /** Returns a public key of receipts. Keys are added and never removed, so an unknown one is looked up anew. */
  trusted = async (keyId) => {
    if (!this.keys.has(keyId)) {
      const set = JSON.parse(await get(this.settings.base + '/.well-known/jwks.json'))
      this.keys = new Map(set.keys.map((key) => [key.kid, key]))
    }
    return this.keys.get(keyId)
  }

  /** Fetches evidence, verifies it, and files its bytes unchanged. receipt is that of the event, if there is one. */
  async fileEvidence(caseId, signerId, revision, receipt) {
    const target = path.join(this.settings.data, `${caseId}.${signerId}.${revision}.json`)
    if (fs.existsSync(target)) return target
    const file = await this.send('GET', `/registry/v1/cases/${caseId}/signers/${signerId}/evidence`, `revision=${revision}`)
    await verifyEvidence(file, this.trusted, receipt)
    const partial = path.join(this.settings.data, crypto.randomUUID())
    fs.writeFileSync(partial, file)
    fs.renameSync(partial, target)
    return target
  }
}

async function get(url, options = {}) {
  const answer = await fetch(url, { ...options, redirect: 'error', signal: AbortSignal.timeout(30_000) })
  const content = Buffer.from(await answer.arrayBuffer())
  if (!answer.ok) throw new Rejected(`${answer.status}: ${content}`)
  return content
}

// --- verifying receipts and evidence ---

function unpadded(text) {
  const raw = Buffer.from(text, 'base64url')
  if (raw.toString('base64url') !== text) throw new Rejected('not base64url')
  return raw
}

/** Returns the statement of a receipt. trusted returns the JWK of a key id. */
export async function verifyReceipt(receipt, trusted) {
  const [head, payload, signature] = receipt.split('.')
  const header = JSON.parse(unpadded(head))
  if (Object.keys(header).sort().join() !== 'alg,kid,typ' || header.alg !== 'ES256' || header.typ !== 'renzheng-receipt+jws') {
    throw new Rejected('not a receipt')
  }
  const jwk = await trusted(header.kid)
  if (!jwk) throw new Rejected("the receipt's key is unknown")
  const raw = unpadded(signature)
  // of the two valid values of s, only the lower one is a receipt's
  if (raw.length !== 64 || BigInt('0x' + raw.subarray(32).toString('hex')) > HALF_N) throw new Rejected('the signature is malformed')
  const key = crypto.createPublicKey({ key: jwk, format: 'jwk' })
  if (!crypto.verify('sha256', Buffer.from(`${head}.${payload}`), { key, dsaEncoding: 'ieee-p1363' }, raw)) {
    throw new Rejected('the receipt was altered')
  }
  return JSON.parse(unpadded(payload))
}

/** RFC 8785 JSON of a value that has no numbers. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return `{${Object.keys(value).sort().map((name) => JSON.stringify(name) + ':' + canonical(value[name])).join(',')}}`
}

export function commitment({ domain, salt, value }) {
  return sha256(Buffer.concat([Buffer.from(domain + '\0'), unpadded(salt), Buffer.from(canonical(value))])).toString('base64url')
}

const PARTS = {
  'renzheng/content/1': 'content_digest', 'renzheng/signer/1': 'signer', 'renzheng/case/1': 'case',
  'renzheng/portrait/1': 'portrait', 'renzheng/handwriting/1': 'handwriting', 'renzheng/scan/1': 'scan',
}

/** Verifies an evidence file. Only `bff verify` also draws the handwriting again. */
export async function verifyEvidence(file, trusted, receipt) {
  const evidence = JSON.parse(file)
  if (canonical(evidence) !== file.toString()) throw new Rejected('the file is not RFC 8785 JSON')
  if (receipt !== undefined && evidence.receipt !== receipt) throw new Rejected('the evidence is of another receipt')
  const statement = await verifyReceipt(evidence.receipt, trusted)
  const opened = {}
  for (const opening of evidence.openings) {
    const member = PARTS[opening.domain]
    if (!member || opened[member] || statement[member] !== commitment(opening)) {
      throw new Rejected(`${member} is not what the receipt commits to`)
    }
    opened[member] = opening.value
  }
  if (Object.values(PARTS).some((member) => ((statement[member] ?? 'none') === 'none') !== (opened[member] === undefined))) {
    throw new Rejected('an opening is missing')
  }
  for (const picture of ['portrait', 'handwriting', 'scan']) {
    if ((evidence[picture] === undefined) !== (opened[picture] === undefined)) throw new Rejected(`the ${picture} is missing, or one too many`)
  }
  if (opened.portrait && sha256(Buffer.from(evidence.portrait, 'base64')).toString('hex') !== opened.portrait.sha256) {
    throw new Rejected('another portrait')
  }
  const digests = evidence.scan?.map((page) => sha256(Buffer.from(page, 'base64')).toString('hex'))
  if (opened.scan && digests.join() !== opened.scan.pages.join()) throw new Rejected('other pages of the signed paper')
  return { statement, opened }
}

// --- taking events (Standard Webhooks) ---

/** Verifies the signature over the bytes of the body as received, and the time. */
export function verifyWebhook(secret, headers, body, now) {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': signatures = '' } = headers
  if (!/^\d+$/.test(timestamp) || Math.abs(now - Number(timestamp)) > TOLERANCE) throw new Rejected('the timestamp is too far away')
  const hmac = crypto.createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
  const expected = Buffer.from('v1,' + hmac.update(`${id}.${timestamp}.`).update(body).digest('base64'))
  const fits = (one) => one.length === expected.length && crypto.timingSafeEqual(Buffer.from(one), expected)
  if (!signatures.split(' ').some(fits)) throw new Rejected('the signature is another')
}

/** Takes an event. To take it again does no harm: the id of an event never changes. */
async function take(client, secret, headers, body) {
  verifyWebhook(secret, headers, body, Date.now() / 1000)
  const { type, data } = JSON.parse(body)
  if (data.registry_id !== client.settings.registry_id) throw new Rejected("another registry's event")
  if (type === 'todo.confirmed' || type === 'todo.refused') {
    const statement = await verifyReceipt(data.receipt, client.trusted)
    const same = ['registry_id', 'todo_id', 'revision', 'confirmation_id'].every((name) => statement[name] === data[name])
    if (!same || `todo.${statement.decision}` !== type) throw new Rejected('the receipt is of another answer')
  }
  fs.writeFileSync(path.join(client.settings.data, headers['webhook-id'] + '.event.json'), body) // on record before it is acknowledged
  if (type === 'todo.confirmed') {
    // it is fetched again when the event comes again, or by `evidence`
    client.fileEvidence(data.case_id, data.signer_id, data.revision, data.receipt).catch((problem) => console.error('evidence:', problem.message))
  }
}

export function serve(client, port) {
  const secret = fs.readFileSync(client.settings.secret, 'utf8').trim()
  const server = http.createServer(async (request, response) => {
    const answer = (status) => response.writeHead(status, { 'Content-Length': 0 }).end()
    const chunks = []
    let size = 0
    try {
      for await (const chunk of request) {
        if ((size += chunk.length) > MAX_EVENT) return answer(413)
        chunks.push(chunk)
      }
      await take(client, secret, request.headers, Buffer.concat(chunks))
      answer(204)
    } catch (problem) {
      console.error('event:', problem.message)
      if (!response.headersSent) answer(400)
    }
  })
  server.listen(port, '127.0.0.1')
}

// --- test vectors (docs/vectors) ---

async function checkVectors(folder) {
  const read = (name) => JSON.parse(fs.readFileSync(path.join(folder, name)))
  const want = (holds, name) => { if (!holds) throw new Rejected(`vector: ${name}`) }
  const holds = async (check) => {
    try {
      await check()
      return true
    } catch {
      return false
    }
  }
  for (const v of read('request.json').vectors) {
    const { base, params } = signatureBase({ ...v, keyId: v.key_id, digest: v.body && contentDigest(v.body) })
    want(base === v.base && 'sig1=' + params === v.signature_input, v.name)
    if (v.alg !== 'ed25519') continue // has a random part
    want(`sig1=:${sign(crypto.createPrivateKey(v.private_key), base).toString('base64')}:` === v.signature, v.name)
  }
  for (const v of read('webhook.json').vectors) {
    const headers = { 'webhook-id': v.webhook_id, 'webhook-timestamp': v.webhook_timestamp, 'webhook-signature': v.webhook_signature }
    want(await holds(() => verifyWebhook(v.secret, headers, Buffer.from(v.body), v.now)) === v.valid, v.name)
  }
  for (const v of read('commitment.json').vectors) want(commitment(v) === v.commitment, v.name)
  const { vectors, jwks } = read('evidence.json')
  for (const v of vectors) {
    const trusted = (kid) => jwks.keys.find((key) => key.kid === kid)
    want(await holds(() => verifyEvidence(Buffer.from(v.file), trusted)) === v.valid, v.name)
  }
}

async function main(command = '', ...args) {
  if (ARGUMENTS[command] !== args.length) throw new Error(USAGE)
  if (command === 'vectors') return checkVectors(...args)
  if (!process.env.RENZHENG) throw new Error('RENZHENG must name the JSON file of settings; see README.md')
  const client = new Client(JSON.parse(fs.readFileSync(process.env.RENZHENG)))
  if (command === 'push') console.log(JSON.stringify(await client.push(args[0], fs.readFileSync(args[1]))))
  if (command === 'pull') for await (const event of client.pull()) console.log(JSON.stringify(event))
  if (command === 'evidence') console.log(await client.fileEvidence(...args))
  if (command === 'serve') serve(client, Number(args[0]))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(...process.argv.slice(2)).catch((problem) => {
    console.error(problem.message)
    process.exitCode = 1
  })
}
