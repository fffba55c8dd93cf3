import { platform } from '@platform'
import { act, screen } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { getState, persist, persisted, setState } from '../../src/app/store'
import { emptyDraft } from '../../src/journey/document'
import { BankCard } from '../../src/screens/bank-card'
import { DocumentCheck } from '../../src/screens/document'
import { Face } from '../../src/screens/face'
import { FourElements } from '../../src/screens/four-elements'
import { attempt, failure, verification } from '../fixtures'
import { navigations } from './harness/pages'
import { alert, fill, heading, lastNavigation, noteOf, press, show, text } from './harness/render'
import { callsOf, pending, problem, serve, setOffline } from './harness/server'

const passed = (next: string) =>
  attempt({ state: 'passed', kind: 'passed', call: undefined, verification: verification({ next: { check: next } }) })

function failed(code: string, check: string) {
  const why = failure({ code })
  return attempt({
    check,
    state: 'failed',
    kind: 'not_passed',
    call: undefined,
    failure: why,
    verification: verification({ failure: why, next: { check } }),
  })
}

describe('Face', () => {
  const path = '/v1/verifications/ver_1/face'

  it('starts the camera, asks the server for the result, and leads to the next check', async () => {
    setState({ verification: verification() })
    const start = vi.spyOn(platform, 'startFaceCheck').mockResolvedValue('done')
    serve(`post ${path}`, attempt())
    serve(`post ${path}/result`, passed('bank_card'))
    show(Face, { screen: 'face' })
    expect(await heading()).toBe(text('faceTitle'))
    for (const tip of ['tipLight', 'tipBare', 'tipFrame'] as const) expect(screen.getByText(text(tip))).toBeTruthy()
    await press(text('faceStart'))
    expect(await lastNavigation()).toBe('replace s=bankCard')
    expect(start).toHaveBeenCalledWith({ kind: 'page', url: 'https://face.example' })
    expect(callsOf(`post ${path}/result`)[0]?.body).toEqual({ attempt_id: 'att_1' })
    expect(persisted('attempt')).toBeUndefined()
  })

  it('leads to the failure where the camera was not allowed', async () => {
    setState({ verification: verification() })
    vi.spyOn(platform, 'startFaceCheck').mockResolvedValue('not_passed')
    serve(`post ${path}`, attempt())
    serve(`post ${path}/result`, failed('face_device', 'face'))
    show(Face, { screen: 'face' })
    await press(text('faceStart'))
    expect(await lastNavigation()).toBe('replace s=failure')
    expect(getState().attempt?.failure?.code).toBe('face_device')
  })

  it('leads to the failure where the app has no face check at all', async () => {
    setState({ verification: verification(), failures: [failure({ code: 'client_unsupported' })] })
    vi.spyOn(platform, 'startFaceCheck').mockResolvedValue('unsupported')
    serve(`post ${path}`, attempt())
    show(Face, { screen: 'face' })
    await press(text('faceStart'))
    expect(await lastNavigation()).toBe('replace s=failure')
    expect(getState().blocked?.failure.code).toBe('client_unsupported')
  })

  it('offers to start again where the person left the camera', async () => {
    setState({ verification: verification() })
    vi.spyOn(platform, 'startFaceCheck').mockResolvedValue('cancelled')
    serve(`post ${path}`, attempt())
    serve(`post ${path}/result`, pending(attempt()))
    show(Face, { screen: 'face' })
    await press(text('faceStart'))
    expect(await screen.findByText(text('faceLeft'))).toBeTruthy()
    expect(screen.getByRole('button', { name: text('again') })).toBeTruthy()
    expect(navigations()).toHaveLength(0)
  })

  it('goes on asking for a result after the app was closed', async () => {
    setState({ verification: verification() })
    persist('attempt', 'att_1')
    serve(`post ${path}/result`, passed('bank_card'))
    show(Face, { screen: 'face' })
    expect(await lastNavigation()).toBe('replace s=bankCard')
  })

  it('loses nothing without a network: the result can be asked for again', async () => {
    setState({ verification: verification() })
    persist('attempt', 'att_1')
    setOffline(true)
    show(Face, { screen: 'face' })
    expect((await alert()).text).toContain(text('offlineLead'))
    expect(screen.getByText(text('facePending'))).toBeTruthy()
    setOffline(false)
    serve(`post ${path}/result`, passed('bank_card'))
    await press(text('askAgain'))
    expect(await lastNavigation()).toBe('replace s=bankCard')
  })

  it('voids the verification where the person does not want to go on', async () => {
    setState({ verification: verification() })
    serve('delete /v1/verifications/ver_1', {})
    show(Face, { screen: 'face' })
    await press(text('notNow'))
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(getState().verification).toBeUndefined()
  })
})

describe('BankCard', () => {
  const path = '/v1/verifications/ver_1/bank-card'
  const card = '6222600260001072444'

  it('checks the card and forgets it', async () => {
    setState({ verification: verification({ next: { check: 'bank_card', note: 'Slow today' } }) })
    serve(
      `post ${path}`,
      attempt({ state: 'passed', kind: 'passed', verification: verification({ state: 'awaiting_acceptance' }) }),
    )
    show(BankCard, { screen: 'bankCard' })
    expect(await heading()).toBe(text('bankTitle'))
    expect(screen.getByText('Slow today')).toBeTruthy()
    await fill('card', '6222 6002 6000 1072 444')
    await fill('phone', '13800138000')
    await press(text('verify'))
    expect(await lastNavigation()).toBe('replace s=success')
    expect(callsOf(`post ${path}`)[0]?.body).toEqual({ card, phone: '13800138000' })
    expect(getState().cardDraft.card).toBe('')
  })

  it('marks what cannot be a card or a phone number, without a call', async () => {
    setState({ verification: verification() })
    show(BankCard, { screen: 'bankCard' })
    await fill('card', '1234')
    await fill('phone', '123')
    await press(text('verify'))
    expect(screen.getByLabelText(text('card')).getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByText(text('phoneHint'))).toBeTruthy()
    expect(callsOf(`post ${path}`)).toHaveLength(0)
  })

  it('asks once about a number that is probably mistyped', async () => {
    setState({ verification: verification() })
    serve(`post ${path}`, failed('card_differs', 'bank_card'))
    show(BankCard, { screen: 'bankCard' })
    await fill('card', '6222600260001072445')
    await press(text('verify'))
    expect(await screen.findByText(text('cardDoubt'))).toBeTruthy()
    expect(callsOf(`post ${path}`)).toHaveLength(0)
    await press(text('verify'))
    expect(await lastNavigation()).toBe('replace s=failure')
  })

  it('keeps a card that did not pass for another try, in masked form', async () => {
    setState({ verification: verification(), cardDraft: { card, phone: '' } })
    show(BankCard, { screen: 'bankCard' })
    expect(await screen.findByText('**** 2444')).toBeTruthy()
    expect(screen.queryByLabelText(text('card'))).toBeNull()
    await press(text('cardEdit'))
    expect(screen.getByLabelText(text('card'))).toHaveProperty('value', '6222 6002 6000 1072 444')
  })

  it('shows what the server says, and repeats the call with its key', async () => {
    setState({ verification: verification(), cardDraft: { card, phone: '' } })
    serve(`post ${path}`, problem('unavailable', 503))
    show(BankCard, { screen: 'bankCard' })
    await press(text('verify'))
    const down = await alert()
    expect(down.text).toContain('detail of unavailable')
    serve(`post ${path}`, passed('document'))
    await down.retry()
    expect(await lastNavigation()).toBe('replace s=document')
    expect(new Set(callsOf(`post ${path}`).map(({ key }) => key)).size).toBe(1)
  })
})

describe('a rejection because the verification has moved', () => {
  const card = '6222600260001072444'
  const path = '/v1/verifications/ver_1/bank-card'

  it.each([
    ['check_done', verification({ next: { check: 'document' } }), 'replace s=document'],
    ['verification_passed', verification({ state: 'awaiting_acceptance' }), 'replace s=photo'],
    ['verification_changed', verification({ state: 'voided', kind: 'ended' }), 'reset s=entry'],
    ['verification_open', problem('not_found', 404), 'reset s=entry'],
  ])('%s: leads to the step that is due instead of repeating the call', async (code, now, navigation) => {
    setState({ verification: verification(), cardDraft: { card, phone: '' } })
    serve(`post ${path}`, problem(code))
    serve('get /v1/verifications/ver_1', now)
    show(BankCard, { screen: 'bankCard' })
    await press(text('verify'))
    expect((await alert()).text).toContain(`detail of ${code}`)
    expect(screen.queryByRole('button', { name: text('retry') })).toBeNull()
    await press(text('continue'))
    expect(await lastNavigation()).toBe(navigation)
    expect(callsOf(`post ${path}`)).toHaveLength(1)
  })

  it('says that it has expired, and leads to the start', async () => {
    setState({ verification: verification(), cardDraft: { card, phone: '' } })
    serve(`post ${path}`, problem('verification_expired'))
    show(BankCard, { screen: 'bankCard' })
    await press(text('verify'))
    await press(text('continue'))
    expect(await lastNavigation()).toBe('reset s=entry')
    expect(getState().message).toBe('verificationEnded')
  })
})

describe('DocumentCheck', () => {
  const path = '/v1/verifications/ver_1/document'
  const running = verification({
    checks: [{ check: 'document', state: 'open', kind: 'running' }],
    next: { check: 'document' },
  })

  it('asks the issuing authority, and leads on', async () => {
    setState({ verification: verification({ next: { check: 'document' } }) })
    serve(
      `post ${path}`,
      attempt({
        check: 'document',
        state: 'passed',
        kind: 'passed',
        verification: verification({ state: 'awaiting_acceptance' }),
      }),
    )
    show(DocumentCheck, { screen: 'document' })
    expect(await heading()).toBe(text('documentTitle'))
    expect(screen.getByText(text('documentLead', { type: text('resident_id') }))).toBeTruthy()
    await press(text('verify'))
    expect(await lastNavigation()).toBe('replace s=success')
  })

  it('waits while the authority has not answered, and leads on by itself', async () => {
    vi.useRealTimers().useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    setState({ verification: running })
    serve('get /v1/verifications/ver_1', verification({ state: 'awaiting_acceptance', checks: [] }))
    show(DocumentCheck, { screen: 'document' })
    expect(screen.getByRole('status').textContent).toBe(text('facePending'))
    expect(screen.getByRole('button', { name: text('askAgain') })).toBeTruthy()
    await act(async () => {
      await vi.advanceTimersByTimeAsync(3000)
    })
    vi.useRealTimers()
    expect(await lastNavigation()).toBe('replace s=success')
  })

  it('shows that it is under way where the answer takes its time', async () => {
    setState({ verification: verification({ next: { check: 'document' } }) })
    serve(`post ${path}`, pending(attempt({ check: 'document', call: undefined, verification: running })))
    show(DocumentCheck, { screen: 'document' })
    await press(text('verify'))
    expect(await screen.findByText(text('facePending'))).toBeTruthy()
    expect(navigations()).toHaveLength(0)
  })

  it('leads to the failure where the authority knows no such document', async () => {
    setState({ verification: verification({ next: { check: 'document' } }) })
    serve(`post ${path}`, failed('document_differs', 'document'))
    show(DocumentCheck, { screen: 'document' })
    await press(text('verify'))
    expect(await lastNavigation()).toBe('replace s=failure')
    expect(getState().attempt?.failure?.code).toBe('document_differs')
  })

  it('can be tried again after the network was lost', async () => {
    setState({ verification: verification({ next: { check: 'document' } }) })
    setOffline(true)
    show(DocumentCheck, { screen: 'document' })
    await press(text('verify'))
    const lost = await alert()
    expect(lost.text).toContain(text('offlineLead'))
    setOffline(false)
    serve(`post ${path}`, passed('four_elements'))
    await lost.retry()
    expect(await lastNavigation()).toBe('replace s=fourElements')
  })
})

describe('FourElements', () => {
  const path = '/v1/verifications/ver_1/four-elements'

  it('sends both days of the validity, and leads on', async () => {
    setState({ verification: verification({ next: { check: 'four_elements' } }) })
    serve(
      `post ${path}`,
      attempt({ state: 'passed', kind: 'passed', verification: verification({ state: 'awaiting_acceptance' }) }),
    )
    show(FourElements, { screen: 'fourElements' })
    expect(await heading()).toBe(text('elementsTitle'))
    expect(screen.getByText(text('elementsLead', { type: text('resident_id') }))).toBeTruthy()
    await fill('validFrom', '2015-03-01')
    await fill('validUntil', '2035-03-01')
    await press(text('verify'))
    expect(await lastNavigation()).toBe('replace s=success')
    expect(callsOf(`post ${path}`)[0]?.body).toEqual({ valid_from: '2015-03-01', valid_until: '2035-03-01' })
  })

  it('takes a document without end', async () => {
    setState({ verification: verification(), draft: { ...emptyDraft, from: '2015-03-01', longTerm: true } })
    serve(`post ${path}`, passed('document'))
    show(FourElements, { screen: 'fourElements' })
    expect(screen.queryByLabelText(text('validUntil'))).toBeNull()
    await press(text('verify'))
    await lastNavigation()
    expect(callsOf(`post ${path}`)[0]?.body).toEqual({ valid_from: '2015-03-01', long_term: true })
  })

  it('marks what is missing, without a call', async () => {
    setState({ verification: verification() })
    show(FourElements, { screen: 'fourElements' })
    await press(text('verify'))
    for (const day of ['validFrom', 'validUntil'] as const) expect(noteOf(day)).toBe(text('required'))
    expect(callsOf(`post ${path}`)).toHaveLength(0)
  })

  it('leads to the failure where the validity is another one', async () => {
    setState({ verification: verification(), draft: { ...emptyDraft, from: '2015-03-01', until: '2035-03-01' } })
    serve(`post ${path}`, failed('validity_differs', 'four_elements'))
    show(FourElements, { screen: 'fourElements' })
    await press(text('verify'))
    expect(await lastNavigation()).toBe('replace s=failure')
  })

  it('shows what the server says of a call that it rejects', async () => {
    setState({ verification: verification(), draft: { ...emptyDraft, from: '2015-03-01', until: '2035-01-01' } })
    serve(`post ${path}`, problem('values_invalid', 422))
    show(FourElements, { screen: 'fourElements' })
    await press(text('verify'))
    expect((await alert()).text).toContain('detail of values_invalid')
    expect(screen.getByLabelText(text('validUntil'))).toHaveProperty('value', '2035-01-01')
  })
})
