import { screen, within } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { loadAuthority } from '../../src/app/authority'
import { getState, setState } from '../../src/app/store'
import { Page } from '../../src/components/page'
import type { Route } from '../../src/journey/route'
import { verification } from '../fixtures'
import { show, text } from './harness/render'
import { problem, serve } from './harness/server'

function page(route: Route = { screen: 'faq' }) {
  show(() => <Page title="Title">content</Page>, route)
  return screen.getByRole('banner')
}

describe('the header of a page', () => {
  it('shows name, logo and color of the authority', () => {
    setState({ authority: { name: 'Example Authority', color: '#1f5fbf', logo: '/v1/authority/logo' } })
    const header = page()
    expect(within(header).getByText('Example Authority')).toBeTruthy()
    expect(header.querySelector('img')?.getAttribute('src')).toBe('/v1/authority/logo')
    expect(header.parentElement?.style.getPropertyValue('--authority-light')).toBe('#1f5fbf')
  })

  it('shows the name of the service while the authority is unknown', async () => {
    serve('get /v1/authority', problem('internal_error', 500))
    await loadAuthority()
    const header = page()
    expect(within(header).getByText(text('title'))).toBeTruthy()
    expect(header.querySelector('img')).toBeNull()
  })

  it('follows the language', async () => {
    serve('get /v1/authority', () => ({ name: getState().language === 'en' ? 'Example Authority' : '样例登记机关' }))
    serve('get /v1/failures', { failures: [] })
    await loadAuthority()
    const header = page()
    await userEvent.click(within(header).getByRole('button', { name: '简体中文' }))
    expect(await within(header).findByText('样例登记机关')).toBeTruthy()
  })
})

describe('the steps of a page', () => {
  it('say which one the person is at', () => {
    setState({ verification: verification() })
    page({ screen: 'face' })
    const steps = screen.getByRole('list', { name: text('stepsLabel', { n: 2, all: 4 }) })
    expect(within(steps).getAllByRole('listitem')).toHaveLength(4)
    const current = steps.querySelectorAll('[aria-current=step]')
    expect([...current].map((step) => step.textContent)).toEqual([`2${text('step_face')}`])
  })

  it('are three where no bank card is needed', () => {
    const checks = [{ check: 'face', state: 'pending', kind: 'todo' }]
    setState({ verification: verification({ checks }) })
    page({ screen: 'face' })
    expect(screen.getByRole('list', { name: text('stepsLabel', { n: 2, all: 3 }) })).toBeTruthy()
  })

  it('are absent beside the journey', () => {
    page({ screen: 'faq' })
    expect(screen.queryByRole('list')).toBeNull()
  })
})
