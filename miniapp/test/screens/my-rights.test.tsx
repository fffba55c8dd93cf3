import { screen } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { getState, setState } from '../../src/app/store'
import { Accesses, Activity, Corrections, Erase, Erased, Freeze, Frozen, Lift, MyData } from '../../src/screens/rights'
import { type RightsKey, rights, rightsText } from '../../src/strings/rights'
import { languages } from '../../src/strings/table'
import { access, session, verification } from '../fixtures'
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

const placed = { id: 'frz_1', placed_at: '2026-11-28T05:36:00Z' }

describe('Activity', () => {
  it('shows what happened under the number, and nothing of a case under another name', async () => {
    given()
    const tried = {
      channel: 'wechat',
      purpose: 'access',
      state: 'failed',
      started_at: '2026-11-27T05:36:00Z',
      checks: [],
    }
    serve('get /v1/me/activity', {
      verifications: [
        { ...tried, mine: false },
        { ...tried, mine: true, started_at: '2026-11-28T05:36:00Z', passed_at: '2026-11-28T05:37:00Z' },
      ],
      cases: [
        { registry_name: 'Sample Authority', other_name: true, opened_at: '2026-11-28T05:36:00Z' },
        {
          registry_name: 'Other Authority',
          other_name: false,
          todo_id: 'todo_1',
          enterprise_name: 'Sample Ltd',
          opened_at: '2026-11-28T05:36:00Z',
          report: 'open',
        },
      ],
      freezes: [placed],
    })
    show(Activity, { screen: 'activity' })
    expect(await screen.findByText(r('byOther'))).toBeTruthy()
    expect(screen.getByText(r('otherName'))).toBeTruthy()
    expect(screen.getByText('Sample Ltd')).toBeTruthy()
    expect(screen.getByText(r('state_open'))).toBeTruthy()
    expect(screen.getByText(r('inForce'))).toBeTruthy()
  })
})

describe('Freeze', () => {
  it('freezes only after a tick, and shows that the access has ended', async () => {
    given()
    serve('post /v1/freeze', placed)
    serve('get /v1/session', session())
    show(Freeze, { screen: 'freeze' })
    expect(await screen.findByText(r('freezeStops'))).toBeTruthy()
    expect(screen.getByRole('button', { name: r('freezeSubmit') }).getAttribute('aria-disabled')).toBe('true')
    await userEvent.click(screen.getByRole('checkbox'))
    await press(r('freezeSubmit'))
    expect(await lastNavigation()).toBe('replace s=frozen')
    expect(callsOf('post /v1/freeze')[0]?.body).toEqual({ understood: true })
    expect(getState().session?.access).toBeUndefined()
  })

  it('knows that an earlier call has frozen the number whose answer was lost', async () => {
    given()
    serve('post /v1/freeze', problem('access_required', 403))
    serve('get /v1/freeze', { freezes: [placed] })
    serve('get /v1/session', session())
    show(Freeze, { screen: 'freeze' })
    await userEvent.click(await screen.findByRole('checkbox'))
    await press(r('freezeSubmit'))
    expect(await lastNavigation()).toBe('replace s=frozen')
  })
})

describe('Frozen', () => {
  it('leads to the checks of a lift', async () => {
    given()
    serve('get /v1/freeze', { freezes: [placed] })
    show(Frozen, { screen: 'frozen' })
    expect(await screen.findByText(r('frozenAt'))).toBeTruthy()
    await press(r('liftTitle'))
    expect(getState().lifting).toBe(true)
    setState({ lifting: false })
  })
})

describe('Lift', () => {
  it('lifts the freeze by the verification that has passed', async () => {
    given()
    setState({ verification: verification({ id: 'ver_9', purpose: 'lift', state: 'passed', kind: 'passed' }) })
    serve('post /v1/freeze/lift', { ...placed, lifted_at: '2026-11-28T06:36:00Z' })
    show(Lift, { screen: 'lift' })
    await press(r('liftSubmit'))
    expect(await screen.findByText(r('liftedLead'))).toBeTruthy()
    expect(callsOf('post /v1/freeze/lift')[0]?.body).toEqual({ verification_id: 'ver_9' })
    await press(text('home'))
    expect(getState().verification).toBeUndefined()
  })
})
