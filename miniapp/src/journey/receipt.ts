/** A check that a receipt states. */
export interface StatedCheck {
  kind: string
  passedAt: string
}

/** What a receipt states, and what its seal covers. */
export interface Receipt {
  confirmationId: string
  decision: string
  /** Whether it was issued outside production and proves nothing. */
  test: boolean
  checks: readonly StatedCheck[]
  keyId: string
  /** The text that is signed: header and payload of the JWS. */
  signed: string
  signature: Uint8Array
}

interface Check {
  kind: string
  passed_at: string
}

interface Statement {
  confirmation_id: string
  decision: string
  environment: string
  access?: { checks: Check[] }
  verification?: { checks: Check[] }
}

/** Reads a receipt without checking its seal. Returns undefined if it has a format that this client does not know. */
export function readReceipt(text: string): Receipt | undefined {
  try {
    const { receipt } = JSON.parse(text) as { receipt: string }
    const [header = '', payload = '', signature = ''] = receipt.split('.')
    const { kid } = parsePart<{ kid: string }>(header)
    const statement = parsePart<Statement>(payload)
    const checks = [...(statement.access?.checks ?? []), ...(statement.verification?.checks ?? [])]
    return {
      confirmationId: statement.confirmation_id,
      decision: statement.decision,
      test: statement.environment !== 'production',
      checks: checks.map(({ kind, passed_at: passedAt }) => ({ kind, passedAt })),
      keyId: kid,
      signed: `${header}.${payload}`,
      signature: decodeBase64(signature),
    }
  } catch {
    return undefined
  }
}

/** Parses a part of a JWS. A statement contains ASCII characters only. */
function parsePart<T>(part: string): T {
  return JSON.parse([...decodeBase64(part)].map((byte) => String.fromCharCode(byte)).join('')) as T
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Decodes base64url without padding. Mini-programs have no function for it. */
function decodeBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  let count = 0
  let at = 0
  for (const character of text) {
    const digit = alphabet.indexOf(character)
    if (digit < 0) throw new Error('not base64url')
    bits = (bits << 6) | digit
    count += 6
    if (count >= 8) {
      count -= 8
      bytes[at++] = (bits >> count) & 0xff
    }
  }
  return bytes
}
