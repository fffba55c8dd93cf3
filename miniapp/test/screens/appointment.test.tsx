import { screen, waitFor } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { persisted } from '../../src/app/store'
import { Appointment, BookOffer, Office } from '../../src/screens/appointment'
import { type AppointmentKey, appointment, appointmentText } from '../../src/strings/appointment'
import { languages } from '../../src/strings/table'
import { session } from '../fixtures'
import { lastNavigation, press, show } from './harness/render'
import { callsOf, problem, serve } from './harness/server'

const a = (key: AppointmentKey, values?: Record<string, string | number>) => appointmentText('en', key, values)
const office = { id: '320500', name: 'Suzhou', address: '251 Pinglong Road' }
const slot = (starts_at: string, ends_at: string, free: number) => ({ starts_at, ends_at, free })
const slots = [
  slot('2026-12-01T01:00:00Z', '2026-12-01T01:30:00Z', 0),
  slot('2026-12-01T01:30:00Z', '2026-12-01T02:00:00Z', 2),
  slot('2026-12-02T01:00:00Z', '2026-12-02T01:30:00Z', 1),
]
const booked = {
  id: 'apt_1',
  code: 'A-7K2M-93QF',
  qr: 'iVBORw0KGgo=',
  office,
  starts_at: '2026-12-01T01:30:00Z',
  ends_at: '2026-12-01T02:00:00Z',
  state: 'booked',
  slip_code: '7K2M-93QF',
  created_at: '2026-11-29T00:00:00Z',
}
const none = { appointments: [], missed: 0 }

describe('Book a time', () => {
  it('is offered only if an office takes appointments', async () => {
    serve('get /v1/offices', { offices: [office] })
    show(() => <BookOffer failure="face_differs" />, { screen: 'failure' })
    await press(a('title'))
    expect(await lastNavigation()).toBe('push s=appointment&id=face_differs')
  })

  it('books a time of a day in Beijing for the failure', async () => {
    serve('get /v1/offices', { offices: [office] })
    serve('get /v1/appointments', none)
    serve('get /v1/slots', { slots })
    serve('post /v1/appointments', booked)
    show(Appointment, { screen: 'appointment', id: 'face_differs' })
    await screen.findByRole('option', { name: a('dayFree', { day: '2026-12-01', weekday: 'Tue', n: 2 }) })
    expect(screen.queryByRole('button', { name: a('time', { from: '09:00', to: '09:30', n: 0 }) })).toBeNull()
    serve('get /v1/appointments', { appointments: [booked], missed: 0 })
    await press(a('time', { from: '09:30', to: '10:00', n: 2 }))
    await screen.findByText('A-7K2M-93QF')
    expect(callsOf('post /v1/appointments')[0]?.body).toEqual({
      office: '320500',
      starts_at: '2026-12-01T01:30:00Z',
      failure: 'face_differs',
    })
    expect(screen.getByRole('img', { name: a('qr') }).getAttribute('src')).toBe('data:image/png;base64,iVBORw0KGgo=')
  })

  it('says that a time is full, and reads the times again', async () => {
    serve('get /v1/offices', { offices: [office] })
    serve('get /v1/appointments', none)
    serve('get /v1/slots', { slots })
    serve('post /v1/appointments', problem('slot_full'))
    show(Appointment, { screen: 'appointment' })
    await press(a('time', { from: '09:30', to: '10:00', n: 2 }))
    await screen.findByRole('alert')
    await waitFor(() => expect(callsOf('get /v1/slots')).toHaveLength(2))
  })

  it('changes and cancels the appointment', async () => {
    serve('get /v1/offices', { offices: [office] })
    serve('get /v1/appointments', { appointments: [booked], missed: 0 })
    serve('get /v1/slots', { slots })
    serve('post /v1/appointments/apt_1/change', booked)
    serve('delete /v1/appointments/apt_1', {})
    show(Appointment, { screen: 'appointment' })
    await press(a('change'))
    await userEvent.selectOptions(await screen.findByLabelText(a('day')), '2026-12-02')
    await press(a('time', { from: '09:00', to: '09:30', n: 1 }))
    await waitFor(() =>
      expect(callsOf('post /v1/appointments/apt_1/change')[0]?.body).toEqual({ starts_at: '2026-12-02T01:00:00Z' }),
    )
    serve('get /v1/appointments', none)
    await press(a('cancel'))
    await waitFor(() => expect(callsOf('delete /v1/appointments/apt_1')).toHaveLength(1))
    await screen.findByText(a('cancelled'))
  })

  it('tells the person that the office cancelled, and offers other times', async () => {
    serve('get /v1/offices', { offices: [office] })
    serve('get /v1/appointments', { appointments: [{ ...booked, state: 'withdrawn' }], missed: 0 })
    serve('get /v1/slots', { slots })
    show(Appointment, { screen: 'appointment' })
    await screen.findByText(a('withdrawn', { office: 'Suzhou', time: '2026-12-01 09:30' }))
    await screen.findByRole('button', { name: a('time', { from: '09:30', to: '10:00', n: 2 }) })
  })

  it('tells the person until when they cannot book', async () => {
    serve('get /v1/offices', { offices: [office] })
    serve('get /v1/appointments', { appointments: [], missed: 2, paused_until: '2026-12-13T00:00:00Z' })
    show(Appointment, { screen: 'appointment' })
    await screen.findByText(a('paused', { n: 2, time: '2026-12-13 08:00' }))
    expect(callsOf('get /v1/slots')).toHaveLength(0)
  })
})

describe('Take a number', () => {
  const number = {
    id: 'que_1',
    number: 'B004',
    office,
    state: 'waiting',
    before: 3,
    taken_at: '2026-12-01T01:00:00Z',
    poll_after: 20,
  }

  it('is taken at the office, and shows how many are before', async () => {
    serve('get /v1/offices', { offices: [office] })
    serve('get /v1/session', session())
    serve('get /v1/queue-numbers', { numbers: [] })
    serve('post /v1/queue-numbers', number)
    show(Office, { screen: 'office', id: '320500' })
    await screen.findByText(office.address)
    serve('get /v1/queue-numbers', { numbers: [number] })
    await press(a('take'))
    await screen.findByText('B004')
    await screen.findByText(a('before', { n: 3 }))
  })

  it('is of one office at a time, which it names', async () => {
    serve('get /v1/offices', { offices: [office] })
    serve('get /v1/session', session())
    serve('get /v1/queue-numbers', { numbers: [{ ...number, office: { id: '320501', name: 'Wuxi', address: '' } }] })
    show(Office, { screen: 'office', id: '320500' })
    await screen.findByText(a('elsewhere', { office: 'Wuxi' }))
    expect(screen.queryByRole('button', { name: a('take') })).toBeNull()
  })

  it('asks a stranger to sign in, and comes back', async () => {
    serve('get /v1/offices', { offices: [office] })
    serve('get /v1/session', problem('session_required', 401))
    show(Office, { screen: 'office', id: '320500' })
    await press(a('signIn'))
    expect(persisted('target')).toBe('office 320500')
  })

  it('says that an office gives out no numbers here', async () => {
    serve('get /v1/offices', { offices: [] })
    serve('get /v1/session', session())
    serve('get /v1/queue-numbers', { numbers: [] })
    show(Office, { screen: 'office', id: 'nowhere' })
    await screen.findByText(a('unknownOffice'))
  })
})

describe('texts of appointments', () => {
  it('exist in every language with the same placeholders', () => {
    for (const [key, text] of Object.entries(appointment)) {
      const places = languages.map((language) => [...text[language].matchAll(/\{\w+\}/g)].map(String).sort().join())
      expect(new Set(places).size, key).toBe(1)
    }
  })
})
