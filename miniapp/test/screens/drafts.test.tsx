import { screen } from '@testing-library/preact'
import { expect, it } from 'vitest'
import { clearSession } from '../../src/app/session'
import { getState, setState } from '../../src/app/store'
import { emptyDraft } from '../../src/journey/document'
import { Entry } from '../../src/screens/entry'
import { Photo } from '../../src/screens/photo'
import { session, verification } from '../fixtures'
import { fill, lastNavigation, press, show, text } from './harness/render'
import { serve } from './harness/server'

const stored = () => sessionStorage.getItem('drafts') ?? ''

it('keeps what is typed in the tab only, until the session ends', async () => {
  setState({ session: session() })
  serve('get /v1/session', session())
  show(Entry, { screen: 'entry' })
  await fill('name', '李样例')
  await fill('number', '11010519491231002X')
  expect(stored()).toContain('11010519491231002X')
  expect(JSON.stringify({ ...localStorage })).not.toContain('11010519491231002X')
  clearSession()
  expect(stored()).toBe('')
})

it('clears the document once it has led to an access', async () => {
  setState({ verification: verification({ state: 'awaiting_acceptance' }), draft: { ...emptyDraft, name: '李样例' } })
  serve('post /v1/verifications/ver_1/portrait/accept', verification({ state: 'passed', kind: 'passed' }))
  serve('get /v1/session', session())
  show(Photo, { screen: 'photo' })
  await press(text('seeTodos'))
  await lastNavigation()
  expect(getState().draft).toBe(emptyDraft)
  expect(stored()).toBe('')
})

it('shows nobody what was typed in another session', async () => {
  setState({ session: session(), draft: { ...emptyDraft, name: '李样例' } })
  setState({ session: session({ id: 'ses_2' }) })
  serve('get /v1/session', session({ id: 'ses_2' }))
  show(Entry, { screen: 'entry' })
  expect((await screen.findByLabelText(text('name'))).getAttribute('value') ?? '').toBe('')
  expect(stored()).toBe('')
})
