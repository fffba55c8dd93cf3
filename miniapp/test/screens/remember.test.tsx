import { screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { getState, setState } from '../../src/app/store'
import { Remember } from '../../src/components/remember'
import { emptyDraft } from '../../src/journey/document'
import { Entry } from '../../src/screens/entry'
import { Identity } from '../../src/screens/identity'
import { access, document, notice, session, verification } from '../fixtures'
import { lastNavigation, press, show, text } from './harness/render'
import { callsOf, problem, serve } from './harness/server'

const remembered = { document, consent_id: 'con_9', until: '2027-05-20T00:00:00Z' }
const optional = [notice({ id: 'remember', kind: 'remember', statement: 'Remember me' })]

function serveSession(part: Parameters<typeof session>[0]) {
  setState({ session: session(part) })
  serve('get /v1/session', session(part))
}

describe('Remember', () => {
  it('has a switch that is off, and remembers when it is turned on', async () => {
    serveSession({ access })
    serve('get /v1/notices', { notices: [], optional })
    serve('post /v1/remembered-documents', () => {
      serve('get /v1/session', session({ access, remembered }))
      return { id: 'con_9', kind: 'remember' }
    })
    show(Remember, { screen: 'list' })
    const turn = await screen.findByRole('checkbox', { name: 'Remember me' })
    expect((turn as HTMLInputElement).checked).toBe(false)
    expect(callsOf('post /v1/remembered-documents')).toHaveLength(0)
    await userEvent.click(turn)
    expect(await screen.findByRole('button', { name: text('forget') })).toBeTruthy()
    expect(callsOf('post /v1/remembered-documents')[0]).toMatchObject({
      body: { notice: { id: 'remember', version: '1', hash: 'hash-1' } },
      key: expect.any(String),
    })
    expect(screen.queryByRole('checkbox')).toBeNull()
  })

  it('is off again where the server does not agree', async () => {
    serveSession({ access })
    serve('get /v1/notices', { notices: [], optional })
    serve('post /v1/remembered-documents', problem('notice_stale'))
    show(Remember, { screen: 'list' })
    await userEvent.click(await screen.findByRole('checkbox'))
    expect((await screen.findByRole('alert')).textContent).toContain('detail of notice_stale')
    expect((screen.getByRole('checkbox') as HTMLInputElement).checked).toBe(false)
  })

  it('is not shown where the channel does not offer it', async () => {
    serveSession({ access })
    serve('get /v1/notices', { notices: [], optional: [] })
    show(Remember, { screen: 'list' })
    await expect.poll(() => callsOf('get /v1/notices').length).toBe(1)
    expect(screen.queryByRole('checkbox')).toBeNull()
    expect(screen.queryByText(text('rememberTitle'))).toBeNull()
  })

  it('says that another person is remembered, and offers to replace or forget them', async () => {
    serveSession({ access, remembered: { ...remembered, document: { ...document, name_masked: '**四' } } })
    serve('get /v1/notices', { notices: [], optional })
    show(Remember, { screen: 'list' })
    expect(await screen.findByRole('checkbox')).toBeTruthy()
    expect(screen.getByText(/\*\*四/)).toBeTruthy()
    serve('delete /v1/consents/con_9', problem('not_found', 404)) // withdrawn on another device
    serve('get /v1/session', session({ access }))
    await press(text('forget'))
    expect(await screen.findByText(text('forgotten'))).toBeTruthy()
    expect(callsOf('delete /v1/consents/con_9')).toHaveLength(1)
  })
})

describe('a remembered document', () => {
  it('is offered masked on the entry, and leads on without typing', async () => {
    serveSession({ remembered })
    serve('put /v1/session/prefill', () => {
      serve('get /v1/session', session({ remembered, prefill: document, prefill_from: 'remembered' }))
      return { document }
    })
    show(Entry, { screen: 'entry' })
    expect(await screen.findByText('1****************8')).toBeTruthy()
    await press(text('useRemembered'))
    expect(await screen.findByText(text('rememberedTitle'))).toBeTruthy()
    await press(text('seeTodos'))
    expect(await lastNavigation()).toBe('push s=notices&purpose=access')
    expect(getState().draft).toMatchObject({ prefilled: true, number: '' })
  })

  it('is not offered next to the record of the account', async () => {
    serveSession({ remembered, prefill: document, prefill_from: 'channel' })
    show(Entry, { screen: 'entry' })
    expect(await screen.findByLabelText(text('number'))).toBeTruthy()
    expect(screen.queryByText(text('useRemembered'))).toBeNull()
  })

  it('is not used after it was deleted, and the person is told', async () => {
    serveSession({ remembered })
    serve('put /v1/session/prefill', () => {
      serve('get /v1/session', session())
      return { absent: { reason: 'not_remembered', kind: 'type_by_hand' } }
    })
    show(Entry, { screen: 'entry' })
    await press(text('useRemembered'))
    expect(await screen.findByText(text('rememberedAbsent'))).toBeTruthy()
    expect(screen.getByLabelText(text('number'))).toBeTruthy()
  })

  const onIdentity = () => {
    serveSession({ remembered, prefill: document, prefill_from: 'remembered' })
    setState({ draft: { ...emptyDraft, prefilled: true } })
    show(Identity, { screen: 'identity', purpose: 'access' })
  }

  it('is filled in anew and used once on the identity screen', async () => {
    onIdentity()
    serve('put /v1/session/prefill', { document })
    serve('post /v1/verifications', verification())
    await press(text('agreeAndVerify'))
    expect(await lastNavigation()).toBe('replace s=face')
    expect(callsOf('post /v1/verifications')[0]?.body).toEqual({ purpose: 'access', use_prefill: true })
  })

  it('is not used if it is not the one on the screen', async () => {
    onIdentity()
    serve('put /v1/session/prefill', { document: { ...document, name_masked: '**四' } })
    await press(text('agreeAndVerify'))
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(callsOf('post /v1/verifications')).toHaveLength(0)
    expect(getState()).toMatchObject({ message: 'rememberedAbsent', draft: { prefilled: false } })
  })

  it('is deleted with one press by a person to whom it does not belong', async () => {
    onIdentity()
    serve('delete /v1/consents/con_9', { ended: { verifications: 0, grants: 0 }, stays: [] })
    serve('get /v1/session', session())
    await press(text('forget'))
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(getState()).toMatchObject({ message: 'forgotten', draft: { prefilled: false } })
    expect(getState().session?.remembered).toBeUndefined()
  })
})
