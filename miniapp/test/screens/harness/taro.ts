/** A page of a stack in memory, which replaces the platform's. */
interface Page {
  $taroPath: string
}

type Move = 'navigateTo' | 'redirectTo' | 'reLaunch' | 'navigateBack'

const stack: Page[] = []
const moves: { move: Move; url: string }[] = []

function record(move: Move, url: string): Promise<void> {
  moves.push({ move, url })
  return Promise.resolve()
}

export function resetPages(...paths: string[]): void {
  stack.splice(0, stack.length, ...paths.map(($taroPath) => ({ $taroPath })))
  moves.length = 0
}

/** The navigations of the current test, in order. */
export function navigations(): readonly { move: Move; url: string }[] {
  return moves
}

export const useRouter = () => ({ params: {} })
export const useDidShow = () => {}

export default {
  getCurrentPages: () => stack,
  navigateTo: ({ url }: { url: string }) => record('navigateTo', url),
  redirectTo: ({ url }: { url: string }) => record('redirectTo', url),
  reLaunch: ({ url }: { url: string }) => record('reLaunch', url),
  navigateBack: ({ delta = 1 } = {}) => record('navigateBack', stack[stack.length - 1 - delta]?.$taroPath ?? ''),
}
