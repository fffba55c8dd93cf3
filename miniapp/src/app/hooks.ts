import { platform } from '@platform'
import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react'
import type { Route } from '../journey/route'
import { type Key, translate } from '../strings'
import { handleProblem } from './problems'
import { useAppState } from './store'

/** The place that a screen shows; every page of the stack has its own. */
export const RouteContext = createContext<Route>({ screen: 'entry' })

export function useRoute(): Route {
  return useContext(RouteContext)
}

/** The words in the language of now. */
export function useTranslation(): (key: Key, values?: Readonly<Record<string, string | number>>) => string {
  const { language } = useAppState()
  return useCallback((key, values) => translate(language, key, values), [language])
}

export interface Task {
  busy: boolean
  error: unknown
  /** Runs one thing at a time: a second press while it runs does nothing. */
  run(work: () => Promise<void>): void
  /** Runs what failed again; its intention keeps its key. */
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
    const start = async () => work() // runs in the same turn of the event loop, and turns exceptions into rejections
    start()
      .catch((reason: unknown) => {
        // A screen that was left has nothing to show and leads nowhere.
        if (now.mounted && !handleProblem(reason)) setError(reason)
      })
      .finally(() => {
        now.locked = false
        if (now.mounted) setBusy(false)
      })
  }, [])
  return { busy, error, run, retry: useCallback(() => run(state.current.last), [run]) }
}

/** Loads something when a screen opens, again on demand, and again when the network returns after a failure. */
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

/** Counts how often a page came to the front; a screen announces itself each time. */
export const ShowCountContext = createContext(0)

export function useShowCount(): number {
  return useContext(ShowCountContext)
}
