// Delays, rejects and drops the calls of a screen, one after the other, and checks the screen in each state.
import type { Locator } from 'playwright-core'
import { checkAccessibility } from './axe'
import type { Phone } from './phone'

const rejection = JSON.stringify({
  type: 'urn:problem:temporarily_unavailable',
  code: 'temporarily_unavailable',
  status: 503,
  title: '暂时无法处理',
  detail: '请稍后再试。',
  request_id: 'req_1',
})

/**
 * Starts an action that makes a call. The call first waits, so that the screen is loading or busy, then is rejected by the
 * server, then lost by the network, and finally succeeds. `waiting` is on the screen while the call waits.
 */
export async function disturb(
  phone: Phone,
  call: RegExp,
  start: () => Promise<unknown>,
  waiting: Locator,
): Promise<void> {
  const { page } = phone
  const alert = page.getByRole('alert').filter({ visible: true })
  const retry = alert.getByRole('button', { name: phone.t('retry') })
  let state: 'waits' | 'rejected' | 'lost' = 'waits'
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const matches = (url: URL) => call.test(url.pathname)
  await page.route(matches, async (route) => {
    if (state === 'waits') await released
    if (state === 'lost') await route.abort('connectionreset')
    else await route.fulfill({ status: 503, contentType: 'application/problem+json', body: rejection })
  })
  await start()
  await waiting.first().waitFor()
  await checkAccessibility(page)
  state = 'rejected'
  release()
  await alert
    .filter({ hasText: 'req_1' })
    .or(alert.filter({ hasText: '暂时无法处理' }))
    .first()
    .waitFor()
  await checkAccessibility(page)
  state = 'lost'
  await phone.hands.press(retry)
  await alert.filter({ hasText: phone.t('offlineLead') }).waitFor()
  await checkAccessibility(page)
  await page.unroute(matches)
  await phone.hands.press(retry)
  await alert.waitFor({ state: 'detached' })
}
