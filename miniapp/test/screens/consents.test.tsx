import { screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { getState, persist, persisted, setState } from '../../src/app/store'
import { emptyDraft } from '../../src/journey/document'
import type { Route } from '../../src/journey/route'
import { Consents } from '../../src/screens/consents'
import { Identity } from '../../src/screens/identity'
import { Notices } from '../../src/screens/notices'
import { access, document, failure, notice, session, todo, verification } from '../fixtures'
import { alert, heading, lastNavigation, press, show, text } from './harness/render'
import { callsOf, failureProblem, problem, serve, setOffline } from './harness/server'

const consent = {
  id: 'cst_1',
  notice_id: 'face',
  kind: 'face',
  version: '1',
  accepted_at: '2026-11-28T05:36:00Z',
  valid_until: '2026-11-29T05:36:00Z',
}

describe('Notices', () => {
  const route: Route = { screen: 'notices', purpose: 'access' }

  function given(...consents: (typeof consent)[]) {
    setState({ session: session() })
    serve('get /v1/notices', {
      notices: [notice({ id: 'rules', kind: 'rules', title: 'Rules', statement: 'I have read the rules' }), notice()],
    })
    serve('get /v1/consents', { consents })
  }

  async function tickAll() {
    for (const box of await screen.findAllByRole('checkbox')) await userEvent.click(box)
  }

  it('asks for a tick at each notice, sends what was shown, and leads on', async () => {
    given()
    serve('post /v1/consents', {})
    show(Notices, route)
    expect(await heading()).toBe(text('noticesTitle'))
    const boxes = await screen.findAllByRole('checkbox')
    const next = screen.getByRole('button', { name: text('agreeNext') })
    await userEvent.click(boxes[0] as HTMLElement)
    expect(next.getAttribute('aria-disabled')).toBe('true')
    await userEvent.click(boxes[1] as HTMLElement)
    await press(text('agreeNext'))
    expect(await lastNavigation()).toBe('replace s=identity&purpose=access')
    expect(callsOf('post /v1/consents')[0]?.body).toEqual({
      notices: [
        { id: 'rules', version: '1', hash: 'hash-1' },
        { id: 'face', version: '1', hash: 'hash-1' },
      ],
    })
  })

  it('shows only what was not agreed to before', async () => {
    given(consent)
    show(Notices, route)
    expect(await screen.findByText('Rules')).toBeTruthy()
    expect(screen.queryByText('Face data')).toBeNull()
  })

  it('leads on where everything was agreed to', async () => {
    given(consent, { ...consent, id: 'cst_2', notice_id: 'rules', kind: 'rules' })
    show(Notices, route)
    expect(await lastNavigation()).toBe('replace s=identity&purpose=access')
  })

  it('shows a notice that changed in the meantime, to be read and ticked anew', async () => {
    given()
    serve('post /v1/consents', problem('notice_stale'))
    show(Notices, route)
    await tickAll()
    serve('get /v1/notices', { notices: [notice({ version: '2', hash: 'hash-2', title: 'Face data, new' })] })
    await press(text('agreeNext'))
    expect(await screen.findByText('Face data, new')).toBeTruthy()
    expect(screen.getByRole('alert').textContent).toContain('detail of notice_stale')
    expect(screen.getByRole('button', { name: text('agreeNext') }).getAttribute('aria-disabled')).toBe('true')
    serve('post /v1/consents', {})
    await tickAll()
    await press(text('agreeNext'))
    expect(await lastNavigation()).toBe('replace s=identity&purpose=access')
    expect(callsOf('post /v1/consents')[1]?.body).toEqual({ notices: [{ id: 'face', version: '2', hash: 'hash-2' }] })
  })

  it('keeps the ticks where the network is lost', async () => {
    given()
    show(Notices, route)
    await tickAll()
    setOffline(true)
    await press(text('agreeNext'))
    const lost = await alert()
    expect(lost.text).toContain(text('offlineLead'))
    setOffline(false)
    serve('post /v1/consents', {})
    await lost.retry()
    expect(await lastNavigation()).toBe('replace s=identity&purpose=access')
  })
})

describe('Identity', () => {
  const draft = { ...emptyDraft, name: '李样例', number: '11010519491231002X' }

  it('shows what was entered in masked form, and starts the verification', async () => {
    setState({ session: session(), draft })
    persist('attempt', 'att_0')
    serve('post /v1/verifications', verification())
    show(Identity, { screen: 'identity', purpose: 'access' })
    expect(await heading()).toBe(text('identityTitle'))
    expect(screen.getByText(text('identityLeadResident'))).toBeTruthy()
    expect(screen.getByText('**例')).toBeTruthy()
    expect(screen.getByText(text('resident_id'))).toBeTruthy()
    expect(screen.queryByText('李样例')).toBeNull()
    expect(screen.queryByText('11010519491231002X')).toBeNull()
    await press(text('agreeAndVerify'))
    expect(await lastNavigation()).toBe('replace s=face')
    expect(callsOf('post /v1/verifications')[0]?.body).toEqual({
      purpose: 'access',
      document: { type: 'resident_id', name: '李样例', number: '11010519491231002X' },
    })
    expect(persisted('attempt')).toBeUndefined()
  })

  it('names the chosen document type, and only the checks of that type', async () => {
    setState({ session: session(), draft: { ...draft, type: 'passport', number: 'E0100001' } })
    show(Identity, { screen: 'identity', purpose: 'access' })
    expect(await screen.findByText(text('passport'))).toBeTruthy()
    expect(screen.getByText(text('identityLead'))).toBeTruthy()
    expect(screen.queryByText(text('identityLeadResident'))).toBeNull()
  })

  it('binds a confirmation to the content that was shown', async () => {
    setState({ session: session({ access }), todo: todo() })
    serve('post /v1/verifications', verification({ purpose: 'confirm', todo_id: 'todo_1' }))
    show(Identity, { screen: 'identity', purpose: 'confirm', id: 'todo_1' })
    expect(await heading()).toBe(text('identityAgain'))
    await press(text('agreeAndVerify'))
    await lastNavigation()
    expect(callsOf('post /v1/verifications')[0]?.body).toEqual({
      purpose: 'confirm',
      todo_id: 'todo_1',
      revision: 3,
      content_digest: 'digest-3',
    })
  })

  it('leads to the content again where it has changed since it was read', async () => {
    setState({ session: session({ access }), todo: todo() })
    serve('post /v1/verifications', problem('todo_changed'))
    show(Identity, { screen: 'identity', purpose: 'confirm', id: 'todo_1' })
    await press(text('agreeAndVerify'))
    expect(await lastNavigation()).toBe('replace s=detail&id=todo_1')
    expect(getState().message).toBe('contentChanged')
  })

  it('leads to the fields where the document of the account is no longer there', async () => {
    setState({ session: session({ prefill: document }), draft: { ...emptyDraft, prefilled: true } })
    serve('post /v1/verifications', problem('prefill_missing'))
    serve('get /v1/session', session())
    show(Identity, { screen: 'identity', purpose: 'access' })
    await press(text('agreeAndVerify'))
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(getState().message).toBe('prefillAbsent')
    expect(getState().draft.prefilled).toBe(false)
  })

  it('leads to the failure that stops the person before any check', async () => {
    setState({ session: session(), draft })
    serve('post /v1/verifications', failureProblem(failure({ code: 'under_age', kind: 'input' })))
    show(Identity, { screen: 'identity', purpose: 'access' })
    await press(text('agreeAndVerify'))
    expect(await lastNavigation()).toBe('replace s=failure')
    expect(getState().blocked?.failure.code).toBe('under_age')
  })

  it('leads back to the notices where a new one came into force', async () => {
    setState({ session: session(), draft })
    serve('post /v1/verifications', problem('consent_required', 403, { notices: [notice({ id: 'new' })] }))
    show(Identity, { screen: 'identity', purpose: 'access' })
    await press(text('agreeAndVerify'))
    expect(await lastNavigation()).toBe('replace s=notices&purpose=access')
  })

  it('leads back to the entry without a call', async () => {
    setState({ session: session(), draft })
    show(Identity, { screen: 'identity', purpose: 'access' })
    await press(text('notNow'))
    expect(await lastNavigation()).toBe('reset s=entry')
  })
})

describe('Consents', () => {
  it('lists what is in force, and withdraws it', async () => {
    const consents = [consent]
    serve('get /v1/consents', () => ({ consents }))
    serve('delete /v1/consents/cst_1', () => {
      consents.length = 0
      return {}
    })
    serve('get /v1/session', session())
    setState({ session: session(), verification: verification() })
    show(Consents, { screen: 'consents' })
    expect(await screen.findByText(text('consentSince', { time: '2026-11-28 13:36' }))).toBeTruthy()
    await press(`${text('withdraw')} ${text('kind_face')}`)
    expect(await screen.findByText(text('consentsEmpty'))).toBeTruthy()
    expect(getState().verification).toBeUndefined()
  })

  it('shows what the server says where a withdrawal fails, and tries again', async () => {
    serve('get /v1/consents', { consents: [consent] })
    serve('delete /v1/consents/cst_1', problem('state_changed'))
    show(Consents, { screen: 'consents' })
    await press(`${text('withdraw')} ${text('kind_face')}`)
    const failed = await alert()
    expect(failed.text).toContain('detail of state_changed')
    await failed.retry()
    await screen.findByRole('alert')
    expect(callsOf('delete /v1/consents/cst_1')).toHaveLength(2)
  })
})
