import { platform } from '@platform'
import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react'
import type { Route } from '../journey/route'
import { type Key, translate } from '../strings'
import { handleProblem } from './problems'
import { useAppState } from './store'

/** The route of a page. Every page of the stack has its own. */
export const RouteContext = createContext<Route>({ screen: 'entry' })

export function useRoute(): Route {
  return useContext(RouteContext)
}

/** Returns the translation function for the current language. */
export function useTranslation(): (key: Key, values?: Readonly<Record<string, string | number>>) => string {
  const { language } = useAppState()
  return useCallback((key, values) => translate(language, key, values), [language])
}

export interface Task {
  busy: boolean
  error: unknown
  /** Runs one function at a time. A call during a run does nothing. */
  run(work: () => Promise<void>): void
  /** Runs the last function again. Its calls keep their idempotency keys. */
  retry(): void
}

export function useTask(): Task {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const state = useRef({ locked: false, mounted: true, last: async () => {} })
  useEffect(() => {
    state.current.mounted = true
    return () => {
      state.current.mounted = false
    }
  }, [])
  const run = useCallback((work: () => Promise<void>) => {
    const now = state.current
    if (now.locked) return
    now.locked = true
    now.last = work
    setBusy(true)
    setError(undefined)
    const start = async () => work() // starts synchronously, and turns exceptions into rejections
    start()
      .catch((reason: unknown) => {
        // A screen that is unmounted shows no error and does not navigate.
        if (now.mounted && !handleProblem(reason)) setError(reason)
      })
      .then(() => {
        now.locked = false
        if (now.mounted) setBusy(false)
      })
  }, [])
  return { busy, error, run, retry: useCallback(() => run(state.current.last), [run]) }
}

/** Loads data when a screen opens, on demand, and when the network returns after a failure. */
export function useLoad<T>(
  load: () => Promise<T>,
  key: string,
): { data: T | undefined; task: Task; reload: () => void } {
  const [data, setData] = useState<T>()
  const task = useTask()
  const latest = useRef(load)
  latest.current = load
  const { run } = task
  const reload = useCallback(() => run(async () => setData(await latest.current())), [run])
  // biome-ignore lint/correctness/useExhaustiveDependencies(key): a changed key loads again
  useEffect(reload, [reload, key])
  useEffect(() => (task.error ? platform.onOnline(reload) : undefined), [task.error, reload])
  return { data, task, reload }
}

/** How often the page was shown. Screens reload and take the focus each time. */
export const ShowCountContext = createContext(0)

export function useShowCount(): number {
  return useContext(ShowCountContext)
}
