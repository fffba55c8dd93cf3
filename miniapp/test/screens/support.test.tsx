import { platform } from '@platform'
import { screen } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { setState } from '../../src/app/store'
import { Faq } from '../../src/screens/faq'
import { Support } from '../../src/screens/support'
import { session, verification } from '../fixtures'
import { alert, fill, heading, lastNavigation, press, show, text } from './harness/render'
import { callsOf, problem, serve, setOffline } from './harness/server'

const contact = { service_window: 'Window 3', account: 'Example Account', menu_entry: 'Help' }
const article = { id: 'camera', question: 'Why does the camera fail?', answer: 'Allow it.\nThen try again.' }
const picture = new Uint8Array([137, 80, 78, 71])

const ticket = {
  id: 'tkt_1',
  code: 'T-7K2M-93QF',
  state: 'open',
  created_at: '2026-11-28T05:36:00Z',
  expires_at: '2026-12-05T05:36:00Z',
  contact,
  article,
}

describe('Support', () => {
  it('shows everybody the code of the account and the window', async () => {
    serve('get /v1/support', contact)
    serve('get /v1/support/qr', picture)
    show(Support, { screen: 'support' })
    expect(await screen.findByText('Window 3')).toBeTruthy()
    expect(await heading()).toBe(text('supportTitle'))
    expect(screen.getByText(text('supportLead', { account: 'Example Account', menu: 'Help' }))).toBeTruthy()
    expect(await screen.findByRole('img', { name: text('qrAlt') })).toBeTruthy()
    await press(text('faqTitle'))
    expect(await lastNavigation()).toBe('push s=faq')
  })

  it('opens a ticket about a failure, and saves its code', async () => {
    setState({ session: session(), verification: verification() })
    const save = vi.spyOn(platform, 'savePicture').mockResolvedValue()
    serve('post /v1/support/tickets', ticket)
    serve('get /v1/support/tickets/tkt_1/qr', picture)
    show(Support, { screen: 'support', id: 'face_device' })
    expect(await screen.findByText(`${text('ticket')} T-7K2M-93QF`)).toBeTruthy()
    expect(screen.getByText(article.question)).toBeTruthy()
    expect(callsOf('post /v1/support/tickets')[0]?.body).toEqual({
      failure: 'face_device',
      document_type: 'resident_id',
      purpose: 'access',
    })
    await press(text('saveQR'))
    expect(await screen.findByText(text('saved'))).toBeTruthy()
    expect(save).toHaveBeenCalledWith('data:image/png;base64,iVBORw==', 'support.png')
  })

  it('says how else the picture can be kept where saving is not allowed', async () => {
    vi.spyOn(platform, 'savePicture').mockRejectedValue(new Error('auth deny'))
    serve('get /v1/support', contact)
    serve('get /v1/support/qr', picture)
    show(Support, { screen: 'support' })
    await press(text('saveQR'))
    expect(await screen.findByText(text('saveFailed'))).toBeTruthy()
  })

  it('helps without a picture where there is none', async () => {
    serve('get /v1/support', contact)
    serve('get /v1/support/qr', problem('not_found', 404))
    show(Support, { screen: 'support' })
    expect(await screen.findByText('Window 3')).toBeTruthy()
    expect(screen.queryByRole('button', { name: text('saveQR') })).toBeNull()
  })

  it('tells that the network is lost, and loads when asked again', async () => {
    setOffline(true)
    show(Support, { screen: 'support' })
    const lost = await alert()
    expect(lost.text).toContain(text('offlineLead'))
    setOffline(false)
    serve('get /v1/support', contact)
    serve('get /v1/support/qr', picture)
    await lost.retry()
    expect(await screen.findByText('Window 3')).toBeTruthy()
  })
})

describe('Faq', () => {
  it('shows every article, and searches them', async () => {
    serve('get /v1/support/faq', ({ query }: { query: URLSearchParams }) => ({
      articles: query.get('q') ? [] : [article],
    }))
    show(Faq, { screen: 'faq' })
    expect(await screen.findByText(text('found', { n: 1 }))).toBeTruthy()
    expect(await heading()).toBe(text('faqTitle'))
    expect(screen.getByText('Then try again.')).toBeTruthy()
    await fill('search', 'nothing like it')
    await press(text('search'))
    expect(await screen.findByText(text('noArticles'))).toBeTruthy()
    expect(callsOf('get /v1/support/faq')[1]?.query.get('q')).toBe('nothing like it')
    await press(text('supportTitle'))
    expect(await lastNavigation()).toBe('push s=support')
  })

  it('shows what the server says where it cannot search, and tries again', async () => {
    serve('get /v1/support/faq', problem('too_many', 429))
    show(Faq, { screen: 'faq' })
    const failed = await alert()
    expect(failed.text).toContain('detail of too_many')
    serve('get /v1/support/faq', { articles: [article] })
    await failed.retry()
    expect(await screen.findByText(article.question)).toBeTruthy()
  })
})
