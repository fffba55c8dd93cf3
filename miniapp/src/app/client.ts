import { platform } from '@platform'
import { clientOf } from '../api/client'
import { current, keptId } from './store'

/** The one client of the app. */
export const api = clientOf({
  base: API_BASE,
  send: platform.send,
  token: () => keptId('token'),
  language: () => current().language,
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
})
