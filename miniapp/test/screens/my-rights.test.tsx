import { screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { getState, setState } from '../../src/app/store'
import { Accesses, Corrections, Erase, Erased, MyData } from '../../src/screens/rights'
import { type RightsKey, rights, rightsText } from '../../src/strings/rights'
import { languages } from '../../src/strings/table'
import { access, session } from '../fixtures'
import { heading, lastNavigation, press, show, text } from './harness/render'
import { callsOf, problem, serve } from './harness/server'

const r = (key: RightsKey) => rightsText(getState().language, key)

const ground = {
  code: 'answer',
  title: 'Answers that you gave',
  reason: 'The authority must prove them',
  law: 'article 47(2)',
  count: 1,
  until: '2029-11-28T05:36:00Z',
}
const holding = {
  code: 'sign_ins',
  title: 'Sign-ins',
  purpose: 'Keeping you signed in',
  basis: 'Duty',
  kept: '30 days',
  count: 2,
  since: '2026-11-28T05:36:00Z',
  on_erasure: 'erased',
}
const erasure = { id: 'ers_1', state: 'partly', requested_at: '2026-11-28T05:36:00Z', stays: [ground] }

function given() {
  setState({ session: session({ access }) })
  serve('get /v1/me/data', {
    holdings: [holding, { ...holding, code: 'answers', title: 'Answers', on_erasure: 'answer' }],
    erasure: { id: 'ers_1', stays: [ground] },
  })
}

describe('MyData', () => {
  it('shows what is stored and what the person can do', async () => {
    given()
    show(MyData, { screen: 'myData' })
    expect(await heading()).toBe(text('myDataTitle'))
    expect(await screen.findByText('Sign-ins')).toBeTruthy()
    expect(screen.getAllByText('30 days')).toHaveLength(2)
    await press(r('accessesTitle'))
    expect(await lastNavigation()).toBe('push s=accesses')
  })
})

describe('Accesses', () => {
  it('shows who looked, and leads to the answer', async () => {
    given()
    serve('get /v1/me/accesses', {
      accesses: [
        {
          office: 'Sample Authority',
          role: 'Registration system',
          purpose: 'Filing',
          confirmation_id: 'cfm_1',
          times: 2,
          last_at: '2026-11-28T05:36:00Z',
          delayed_until: '2026-11-30T05:36:00Z',
          delay_ground: 'article 18',
        },
      ],
    })
    show(Accesses, { screen: 'accesses' })
    expect(await screen.findByText('Sample Authority')).toBeTruthy()
    expect(screen.getByText(/article 18/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: new RegExp(r('openRecord')) }))
    expect(await lastNavigation()).toBe('push s=record&id=cfm_1')
  })

  it('says that nobody looked', async () => {
    given()
    serve('get /v1/me/accesses', { accesses: [] })
    show(Accesses, { screen: 'accesses' })
    expect(await screen.findByText(r('accessesEmpty'))).toBeTruthy()
  })
})

describe('Erase', () => {
  it('says what goes and what stays, and erases only after a tick', async () => {
    given()
    serve('post /v1/me/erasure', erasure)
    show(Erase, { screen: 'erase' })
    expect(await screen.findByText('Sign-ins')).toBeTruthy()
    expect(screen.queryByText('Answers')).toBeNull()
    expect(screen.getByText('The authority must prove them')).toBeTruthy()
    expect(screen.getByRole('button', { name: r('eraseSubmit') }).getAttribute('aria-disabled')).toBe('true')
    await userEvent.click(screen.getByRole('checkbox'))
    await press(r('eraseSubmit'))
    expect(await lastNavigation()).toBe('replace s=erased&id=ers_1')
    expect(callsOf('post /v1/me/erasure')[0]?.body).toEqual({ understood: true })
    expect(getState().session).toBeUndefined()
  })

  it('shows the erasure where the answer to an earlier call was lost', async () => {
    given()
    serve('post /v1/me/erasure', problem('session_required'))
    serve('get /v1/erasures/ers_1', erasure)
    show(Erase, { screen: 'erase' })
    await userEvent.click(await screen.findByRole('checkbox'))
    await press(r('eraseSubmit'))
    expect(await lastNavigation()).toBe('replace s=erased&id=ers_1')
  })
})

describe('Erased', () => {
  it('shows the progress without a session', async () => {
    serve('get /v1/erasures/ers_1', { ...erasure, erased_at: '2026-11-28T05:36:01Z' })
    show(Erased, { screen: 'erased', id: 'ers_1' })
    expect(await screen.findByText('ers_1')).toBeTruthy()
    expect(await heading()).toBe(r('erasedTitle'))
    expect(screen.getByText(r('stays'))).toBeTruthy()
  })

  it('says when nothing is left', async () => {
    serve('get /v1/erasures/ers_1', { ...erasure, state: 'done', stays: [] })
    show(Erased, { screen: 'erased', id: 'ers_1' })
    expect(await screen.findByText(r('allGone'))).toBeTruthy()
  })
})

describe('texts', () => {
  it('exist in every language, with one word for personal data', () => {
    for (const [key, one] of Object.entries(rights)) {
      for (const language of languages) expect(one[language].trim(), `${key} in ${language}`).not.toBe('')
      expect(one['zh-Hant'], key).not.toMatch(/信息|資訊/)
    }
  })
})

describe('Corrections', () => {
  it('sends a request, and shows the outcome of an earlier one', async () => {
    given()
    serve('get /v1/me/corrections', {
      corrections: [
        {
          id: 'cor_1',
          field: 'name',
          text: 'wrong',
          state: 'settled',
          outcome: 'corrected',
          ground: 'as on the document',
          created_at: '2026-11-28T05:36:00Z',
        },
      ],
    })
    serve('post /v1/me/corrections', {})
    show(Corrections, { screen: 'corrections' })
    expect(await screen.findByText('as on the document')).toBeTruthy()
    expect(screen.getByText(r('outcome_corrected'))).toBeTruthy()
    await userEvent.type(screen.getByRole('textbox', { name: r('words') }), 'my name')
    await press(r('correct'))
    expect(await screen.findByText(r('corrected'))).toBeTruthy()
    expect(callsOf('post /v1/me/corrections')[0]?.body).toEqual({ field: 'name', text: 'my name' })
  })
})
