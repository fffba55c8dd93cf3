import { cleanup, configure } from '@testing-library/preact'
import { afterEach, beforeEach, vi } from 'vitest'
import { resetPages } from './pages'
import { fetchFromServer, resetServer } from './server'
import { resetState } from './state'

// The app's client without the delays before a retry.
vi.mock('../../../src/app/client', async () => {
  const { platform } = await import('@platform')
  const { createClient } = await import('../../../src/api/client')
  const { getState, persisted } = await import('../../../src/app/store')
  return {
    api: createClient({
      base: '',
      send: platform.send,
      token: () => persisted('token'),
      language: () => getState().language,
      sleep: () => Promise.resolve(),
    }),
  }
})

// The page stack is in memory: tests see where a screen leads, and stay on it.
vi.mock('../../../src/platform/web/pages', () => import('./pages'))

// jsdom has no canvas: nothing is drawn, and strokes are recorded all the same.
HTMLCanvasElement.prototype.getContext = () => null

// Long enough for a machine that does something else as well.
configure({ asyncUtilTimeout: 10_000 })

let hours = 0

beforeEach(() => {
  // Each test has an hour of its own, because the app caches the session for two seconds.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 28, hours++) })
  vi.stubGlobal('fetch', fetchFromServer)
  resetPages('/pages/screen/index?s=entry', '/pages/screen/index?s=test')
  resetServer()
  resetState()
})

afterEach(async () => {
  cleanup()
  // Effects run after the first frame: what the test has not waited for ends before the next one begins.
  await new Promise((resolve) => setTimeout(resolve, 20))
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})
