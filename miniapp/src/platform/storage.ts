/** What a platform keeps for the app after it was closed. */
export interface Storage {
  get(name: string): string | undefined
  set(name: string, value: string): void
  remove(name: string): void
}

/**
 * Returns a storage that never throws, around one that may: a private window, blocked cookies and a full device refuse
 * to keep anything, some of them already when they are looked at. Then values last as long as the app is open.
 */
export function forgiving(storage: Storage): Storage {
  const now = new Map<string, string | undefined>() // what was set or removed since the app was opened
  return {
    get: (name) => (now.has(name) ? now.get(name) : attempt(() => storage.get(name))),
    set: (name, value) => {
      now.set(name, value)
      // An older value must not come back at the next start.
      if (!attempt(() => { storage.set(name, value); return true })) attempt(() => storage.remove(name))
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
