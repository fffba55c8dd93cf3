import { platform } from '@platform'
import { screen, within } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import { getState, setState } from '../../src/app/store'
import { emptyDraft } from '../../src/journey/document'
import { DeclinedError } from '../../src/platform/platform'
import { Authorize } from '../../src/screens/authorize'
import { Entry } from '../../src/screens/entry'
import { Rules } from '../../src/screens/rules'
import { document, notice, session, verification } from '../fixtures'
import { navigations } from './harness/pages'
import { alert, fill, heading, lastNavigation, openDetails, press, show, text } from './harness/render'
import { callsOf, problem, serve, setOffline } from './harness/server'

afterEach(() => {
  delete platform.requestIdentityCode
})

function signedIn(part: Parameters<typeof session>[0] = {}) {
  setState({ session: session(part) })
  serve('get /v1/session', session(part))
}

describe('Entry', () => {
  it('asks for name and number, and leads on to the notices', async () => {
    signedIn()
    show(Entry, { screen: 'entry' })
    expect(await heading()).toBe(text('title'))
    await fill('name', '李样例')
    await fill('number', '11010519491231002X')
    await press(text('seeTodos'))
    expect(await lastNavigation()).toBe('push s=notices&purpose=access')
    expect(getState().draft).toMatchObject({ name: '李样例', number: '11010519491231002X' })
  })

  it('says what is needed, how long it takes and that nothing is charged', async () => {
    serve('get /v1/session', problem('session_required', 401))
    show(Entry, { screen: 'entry' })
    const needs = within(await screen.findByRole('region', { name: text('needsTitle') })).getAllByRole('listitem')
    expect(needs.map((need) => need.textContent)).toEqual(
      (['needDocument', 'needCamera', 'needCard', 'needSignature', 'needTime', 'needNoMoney'] as const).map((key) =>
        text(key),
      ),
    )
    expect(text('needTime')).toContain('About')
  })

  it('says before one begins where to go if one cannot write, and asks the server for it only then', async () => {
    serve('get /v1/session', problem('session_required', 401))
    serve('get /v1/support', { service_window: '1 Example Road' })
    show(Entry, { screen: 'entry' })
    const summary = await screen.findByText(text('cannotWrite'))
    expect(callsOf('get /v1/support')).toHaveLength(0)
    await openDetails(summary)
    expect(screen.getByText(text('cannotWriteLead'))).toBeTruthy()
    expect(await screen.findByText('1 Example Road')).toBeTruthy()
  })

  it('marks what is missing or mistyped, and stays', async () => {
    signedIn()
    show(Entry, { screen: 'entry' })
    await fill('number', '110105194912310022')
    await press(text('seeTodos'))
    expect(screen.getByLabelText(text('name')).getAttribute('aria-invalid')).toBe('true')
    expect(screen.getByText(text('required'))).toBeTruthy()
    expect(screen.getByText(text('numberWrong', { type: text('resident_id') }))).toBeTruthy()
    expect(navigations()).toHaveLength(0)
  })

  it('checks no number of a document type that has no check character', async () => {
    signedIn()
    show(Entry, { screen: 'entry' })
    await userEvent.selectOptions(screen.getByLabelText(text('documentType')), 'passport')
    await fill('name', 'Example')
    await fill('number', 'E0100001')
    await press(text('seeTodos'))
    expect(await lastNavigation()).toBe('push s=notices&purpose=access')
  })

  it('leads to the sign-in page where nobody is signed in', async () => {
    serve('get /v1/session', problem('session_required', 401))
    show(Entry, { screen: 'entry' })
    expect(await screen.findByText(text('signInLead'))).toBeTruthy()
    expect(screen.queryByLabelText(text('number'))).toBeNull()
  })

  it('offers to continue what is under way', async () => {
    setState({ verification: verification({ next: { check: 'bank_card' } }) })
    signedIn({ verification: verification({ next: { check: 'bank_card' } }) })
    show(Entry, { screen: 'entry' })
    await press(text('goOn'))
    expect(await lastNavigation()).toBe('push s=bankCard')
  })

  it('says once why the person was led back', async () => {
    signedIn()
    setState({ message: 'sessionEnded' })
    show(Entry, { screen: 'entry' })
    expect(await screen.findByText(text('sessionEnded'))).toBeTruthy()
    expect(getState().message).toBeUndefined()
  })

  it('tells that the network is lost, and goes on when asked again', async () => {
    setOffline(true)
    show(Entry, { screen: 'entry' })
    const lost = await alert()
    expect(lost.text).toContain(text('offlineLead'))
    setOffline(false)
    signedIn()
    await lost.retry()
    await press(text('seeTodos'))
    expect(await screen.findAllByText(text('required'))).not.toHaveLength(0)
  })
})

describe('Authorize', () => {
  it('fills in the document of the account, and returns', async () => {
    platform.requestIdentityCode = async () => 'code_1'
    serve('post /v1/session/prefill', { document })
    serve('get /v1/session', session({ prefill: document }))
    show(Authorize, { screen: 'authorize' })
    expect(await heading()).toBe(text('authorizeTitle'))
    await press(text('allow'))
    expect(await lastNavigation()).toBe('pop s=entry')
    expect(callsOf('post /v1/session/prefill')[0]?.body).toEqual({ auth_code: 'code_1' })
    expect(getState()).toMatchObject({ draft: { prefilled: true }, session: { prefill: document } })
  })

  it('costs nothing where the person does not allow it', async () => {
    platform.requestIdentityCode = async () => {
      throw new DeclinedError()
    }
    show(Authorize, { screen: 'authorize' })
    await press(text('allow'))
    expect(await lastNavigation()).toBe('pop s=entry')
    expect(getState()).toMatchObject({ message: 'declined', draft: emptyDraft })
  })

  it('says where the account has no document', async () => {
    platform.requestIdentityCode = async () => 'code_1'
    serve('post /v1/session/prefill', {})
    show(Authorize, { screen: 'authorize' })
    await press(text('allow'))
    await lastNavigation()
    expect(getState().message).toBe('prefillAbsent')
  })

  it('shows what the server says where the code is not valid', async () => {
    platform.requestIdentityCode = async () => 'code_1'
    serve('post /v1/session/prefill', problem('auth_code_invalid', 422))
    show(Authorize, { screen: 'authorize' })
    await press(text('allow'))
    const failed = await alert()
    expect(failed.text).toContain('detail of auth_code_invalid')
    expect(failed.text).toContain('req_1')
    await press(text('typeByHand'))
    expect(await lastNavigation()).toBe('pop s=entry')
  })
})

describe('Rules', () => {
  it('shows the rules on personal data alone, for the chosen type', async () => {
    setState({ draft: { ...emptyDraft, type: 'passport' } })
    serve('get /v1/notices', {
      notices: [notice({ id: 'rules', kind: 'rules', parts: { ...notice().parts, who: 'the authority' } }), notice()],
    })
    show(Rules, { screen: 'rules' })
    expect(await screen.findByText('the authority')).toBeTruthy()
    expect(screen.queryByText('the operator')).toBeNull()
    expect(callsOf('get /v1/notices')[0]?.query.get('document_type')).toBe('passport')
  })

  it('tells why it shows nothing, and loads again when the network returns', async () => {
    setOffline(true)
    show(Rules, { screen: 'rules' })
    expect((await alert()).text).toContain(text('offlineLead'))
    setOffline(false)
    serve('get /v1/notices', { notices: [notice({ kind: 'rules' })] })
    window.dispatchEvent(new Event('online'))
    expect(await screen.findByText('the operator')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: /Back/ }))
    expect(await lastNavigation()).toBe('pop s=entry')
  })
})
