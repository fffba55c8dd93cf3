/** What a platform keeps for the app after the app was closed. */
export interface Storage {
  get(name: string): string | undefined
  set(name: string, value: string): void
  remove(name: string): void
}

/**
 * Wraps a storage so that it never throws. In a private window, with blocked cookies or on a full device, writing fails,
 * and sometimes reading too. Values then last as long as the app is open.
 */
export function forgiving(storage: Storage): Storage {
  const now = new Map<string, string | undefined>() // the values that were set or removed since the app was opened
  return {
    get: (name) => (now.has(name) ? now.get(name) : attempt(() => storage.get(name))),
    set: (name, value) => {
      now.set(name, value)
      // An older value must not come back at the next start.
      if (
        !attempt(() => {
          storage.set(name, value)
          return true
        })
      )
        attempt(() => storage.remove(name))
    },
    remove: (name) => {
      now.set(name, undefined)
      attempt(() => storage.remove(name))
    },
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
