import { platform } from '@platform'
import { screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { getState, setState } from '../../src/app/store'
import { OwnerOffer } from '../../src/components/owner-offer'
import { emptyDraft } from '../../src/journey/document'
import { DeclinedError, type Platform } from '../../src/platform/platform'
import { document, failure, notice, session } from '../fixtures'
import { press, show, text } from './harness/render'
import { callsOf, problem, serve } from './harness/server'

const call = { app_id: 'wx-pay', path: 'pages/oauth', extra_data: { openid: 'o', sign: 's' } }
const statement = 'Give my document to WeChat Pay'
const typed = { ...emptyDraft, name: '张三', number: '11010519491231002X' }
const result = 'post /v1/session/owner-check/result'

type Code = NonNullable<Platform['requestOwnerCode']>

/** Shows the offer where the channel has it, on a phone whose owner brings back a code unless told otherwise. */
function offered(code: Code = () => Promise.resolve('code-1')) {
  platform.requestOwnerCode = code
  setState({ session: session({ channel: 'wechat', owner_check: true }), draft: typed })
  serve('get /v1/session', session({ channel: 'wechat', owner_check: true }))
  serve('get /v1/notices', {
    notices: [],
    optional: [notice({ id: 'remember', kind: 'remember' }), notice({ id: 'own', kind: 'owner_check', statement })],
  })
  serve('post /v1/consents', { consents: [] })
  serve('put /v1/session/owner-check', { id: 'own_1', call, expires_at: '2026-11-28T00:10:00Z' })
  show(OwnerOffer, { screen: 'identity' })
}

async function agreeAndAsk() {
  await userEvent.click(await screen.findByRole('checkbox', { name: statement }))
  await press(text('ownerCheck'))
}

describe('OwnerOffer', () => {
  beforeEach(() => {
    delete platform.requestOwnerCode
  })

  it('gives nothing away before the person has agreed', async () => {
    offered()
    const box = await screen.findByRole('checkbox', { name: statement })
    expect((box as HTMLInputElement).checked).toBe(false)
    await userEvent.click(screen.getByRole('button', { name: text('ownerCheck') }))
    expect(callsOf('post /v1/consents')).toHaveLength(0)
    expect(callsOf('put /v1/session/owner-check')).toHaveLength(0)
  })

  it('records the consent, opens the mini-program and compares what was typed', async () => {
    const opened: unknown[] = []
    offered((given) => {
      opened.push(given)
      return Promise.resolve('code-1')
    })
    serve(result, () => {
      serve(
        'get /v1/session',
        session({ channel: 'wechat', owner_check: true, prefill: document, prefill_from: 'channel' }),
      )
      return { result: 'matches' }
    })
    await agreeAndAsk()
    expect(await screen.findByText(text('ownerMatches'))).toBeTruthy()
    expect(callsOf('post /v1/consents')[0]?.body).toEqual({ notices: [{ id: 'own', version: '1', hash: 'hash-1' }] })
    expect(opened).toEqual([call])
    expect(callsOf(result)[0]).toMatchObject({
      body: { owner_check_id: 'own_1', auth_code: 'code-1', document: { name: typed.name, number: typed.number } },
      key: expect.any(String),
    })
    expect(getState().draft.prefilled).toBe(true)
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('says why another person is kept out, and asks again when told to', async () => {
    offered()
    serve(result, { result: 'differs', failure: failure({ code: 'account_owner_differs', prompt: 'Not the owner' }) })
    await agreeAndAsk()
    expect((await screen.findByRole('alert')).textContent).toContain('Not the owner')
    expect(getState().draft.prefilled).toBe(false)
    serve(result, { result: 'unknown' })
    await press(text('ownerCheck'))
    expect(await screen.findByText(text('ownerUnknown'))).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('goes on without a result if the person leaves the mini-program', async () => {
    offered(() => Promise.reject(new DeclinedError()))
    await agreeAndAsk()
    expect(await screen.findByText(text('ownerDeclined'))).toBeTruthy()
    expect(callsOf(result)).toHaveLength(0)
  })

  it('goes on without a result if the channel fails', async () => {
    offered()
    serve(result, problem('unavailable', 503))
    await agreeAndAsk()
    expect(await screen.findByText(text('ownerUnknown'))).toBeTruthy()
  })

  it.each([
    ['the channel has no owner check', () => setState({ session: session({ channel: 'wechat' }) })],
    ['the platform cannot open it', () => delete platform.requestOwnerCode],
    ['the document is already filled in', () => setState({ draft: { ...typed, prefilled: true } })],
    ['its notice is missing', () => serve('get /v1/notices', { notices: [], optional: [] })],
  ])('is absent where %s', async (_, change) => {
    platform.requestOwnerCode = () => Promise.resolve('code-1')
    setState({ session: session({ channel: 'wechat', owner_check: true }), draft: typed })
    serve('get /v1/notices', { notices: [], optional: [notice({ kind: 'owner_check', statement })] })
    change()
    show(OwnerOffer, { screen: 'identity' })
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.queryByRole('checkbox')).toBeNull()
  })
})
