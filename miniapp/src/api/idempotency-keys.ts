const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'

/**
 * Returns a new key. It is not secret, because the server scopes keys to session and route. It only has to differ from
 * the other keys of the same person, and mini-programs have no synchronous source of better randomness.
 */
export function newKey(): string {
  let key = Date.now().toString(36)
  while (key.length < 32) key += alphabet[Math.floor(Math.random() * alphabet.length)]
  return key
}

/**
 * The keys of calls that have no final response yet. The same call with the same body keeps its key until the server has
 * decided it, however often the button is pressed or the network fails.
 */
export class IdempotencyKeys {
  private readonly keys = new Map<string, string>()

  constructor(private readonly generate: () => string = newKey) {}

  get(intent: string): string {
    const known = this.keys.get(intent)
    if (known) return known
    const key = this.generate()
    this.keys.set(intent, key)
    return key
  }

  release(intent: string): void {
    this.keys.delete(intent)
  }
}
