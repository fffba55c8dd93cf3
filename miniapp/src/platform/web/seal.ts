import type { Receipt } from '../../journey/receipt'
import type { Seal } from '../platform'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }

/** Checks an ES256 signature with the keys that the server publishes. Rejects if the browser or the network cannot. */
export async function checkSeal({ keyId, signed, signature }: Receipt): Promise<Seal> {
  const reply = await fetch(`${API_BASE}/.well-known/jwks.json`)
  if (!reply.ok) throw new Error('the published keys cannot be read')
  const { keys } = (await reply.json()) as { keys: ({ kid: string } & JsonWebKey)[] }
  const jwk = keys.find(({ kid }) => kid === keyId)
  if (!jwk) return 'invalid'
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify'])
  const text = Uint8Array.from([...signed].map((character) => character.charCodeAt(0)))
  const valid = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, text)
  return valid ? 'valid' : 'invalid'
}
