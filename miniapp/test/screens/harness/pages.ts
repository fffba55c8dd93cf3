import type { Pages } from '../../../src/platform/pages'

type Move = Exclude<keyof Pages, 'addresses'>

const stack: string[] = []
const moves: { move: Move; url: string }[] = []

function record(move: Move, url: string): Promise<void> {
  moves.push({ move, url })
  return Promise.resolve()
}

export function resetPages(...addresses: string[]): void {
  stack.splice(0, stack.length, ...addresses)
  moves.length = 0
}

/** The navigations of the current test, in order. */
export function navigations(): readonly { move: Move; url: string }[] {
  return moves
}

/** A page stack in memory, which replaces the platform's and does not move. */
export const pages: Pages = {
  addresses: () => stack,
  push: (address) => record('push', address),
  replace: (address) => record('replace', address),
  reset: (address) => record('reset', address),
  pop: (count) => record('pop', stack[stack.length - 1 - count] ?? ''),
}
