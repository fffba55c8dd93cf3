import { platform } from '@platform'
import { createClient } from '../api/client'
import { getState, persisted } from './store'

/** The API client of the app. */
export const api = createClient({
  base: API_BASE,
  send: platform.send,
  token: () => persisted('token'),
  language: () => getState().language,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
})
