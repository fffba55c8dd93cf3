/** Stores values beyond the life of the app. */
export interface Storage {
  get(name: string): string | undefined
  set(name: string, value: string): void
  remove(name: string): void
}

/**
 * Wraps a storage so that it never throws. In a private window, with blocked cookies or on a full device, writing fails,
 * and sometimes reading too. Values then last only while the app is open.
 */
export function createSafeStorage(storage: Storage): Storage {
  const overrides = new Map<string, string | undefined>() // values that were set or removed since the app was opened
  return {
    get: (name) => (overrides.has(name) ? overrides.get(name) : tryOrUndefined(() => storage.get(name))),
    set: (name, value) => {
      overrides.set(name, value)
      // An older value must not come back at the next start.
      if (
        !tryOrUndefined(() => {
          storage.set(name, value)
          return true
        })
      )
        tryOrUndefined(() => storage.remove(name))
    },
    remove: (name) => {
      overrides.set(name, undefined)
      tryOrUndefined(() => storage.remove(name))
    },
  }
}

function tryOrUndefined<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
