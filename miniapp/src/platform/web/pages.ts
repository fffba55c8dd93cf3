import type { Pages } from '../pages'

/** A page that is open. */
export interface OpenPage {
  readonly key: string
  readonly address: string
  /** How often it was shown. */
  readonly shown: number
}

/** What an entry of the browser's history stores: its page, and how many entries of this app are below it. */
interface Entry {
  key: string
  depth: number
}

export interface WebPages extends Pages {
  /** Returns the pages. The last one is shown. The array changes whenever they change. */
  open(): readonly OpenPage[]
  /** Calls back when they change. Returns a function that unsubscribes. */
  subscribe(changed: () => void): () => void
}

/**
 * Creates the page stack of a browser. Each page is an entry of the history, and its address is the fragment of the URL.
 * Pages below the one that is shown stay open, so that "back" finds them as they were left. After a reload only one page
 * is open, and "back" opens the others anew.
 */
export function createPages(window: Window): WebPages {
  const { history, location } = window
  const listeners = new Set<() => void>()
  const popped = new Set<() => void>()
  const prefix = Date.now().toString(36) // the history keeps the keys of earlier visits
  let count = 0
  let depth = 0
  let stack: readonly OpenPage[] = []

  const newPage = (address: string, key = `${prefix}.${count++}`): OpenPage => ({ key, address, shown: 1 })
  const currentAddress = () => location.hash.slice(1)
  const show = (pages: readonly OpenPage[]) => {
    stack = pages
    for (const changed of [...listeners]) changed()
  }
  const entry = (page: OpenPage): Entry => ({ key: page.key, depth })
  const go = async (address: string, pages: readonly OpenPage[], write: 'pushState' | 'replaceState') => {
    const page = newPage(address)
    history[write](entry(page), '', `#${address}`)
    show([...pages, page])
  }

  const stored = history.state as Partial<Entry> | null
  depth = stored?.depth ?? 0
  const first = newPage(currentAddress(), stored?.key)
  history.replaceState(entry(first), '')
  stack = [first]
  if ('scrollRestoration' in history) history.scrollRestoration = 'manual'

  window.addEventListener('popstate', () => {
    const { key, depth: at = depth + 1 } = (history.state ?? {}) as Partial<Entry> // none if somebody typed an address
    const index = stack.findIndex((page) => page.key === key)
    const below = at > depth ? stack : []
    depth = at
    const known = stack[index]
    if (known) show([...stack.slice(0, index), { ...known, shown: known.shown + 1 }])
    else {
      const page = newPage(currentAddress(), key)
      history.replaceState(entry(page), '')
      show([...below, page])
    }
    for (const done of [...popped]) done()
    popped.clear()
  })

  return {
    open: () => stack,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    addresses: () => stack.map(({ address }) => address),
    push: (address) => {
      depth += 1
      return go(address, stack, 'pushState')
    },
    replace: (address) => go(address, stack.slice(0, -1), 'replaceState'),
    reset: (address) => go(address, [], 'replaceState'),
    pop: (pages) =>
      new Promise<void>((resolve) => {
        popped.add(resolve)
        history.go(-pages)
      }),
  }
}

export const pages = createPages(window)
