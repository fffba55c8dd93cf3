import { platform } from '@platform'
import { screen } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { Record } from '../../src/screens/record'
import { Records } from '../../src/screens/records'
import { confirmation } from '../fixtures'
import { alert, heading, lastNavigation, press, show, text } from './harness/render'
import { problem, serve, setOffline } from './harness/server'

const receipt = { receipt: 'signed' }

describe('Records', () => {
  it('lists the answers page by page, and opens a receipt', async () => {
    const second = confirmation({
      id: 'con_2',
      enterprise_name: 'Second Ltd',
      kind: 'no',
      decision: 'refused',
      reason: 'not_mine',
    })
    serve('get /v1/confirmations', ({ query }: { query: URLSearchParams }) =>
      query.get('cursor') ? { confirmations: [second] } : { confirmations: [confirmation()], next_cursor: 'next' },
    )
    show(Records, { screen: 'records' })
    expect(await heading()).toBe(text('recordsTitle'))
    await press(text('more'))
    expect(await screen.findByText('Second Ltd')).toBeTruthy()
    expect(screen.getByText(text('not_mine'))).toBeTruthy()
    await press(`${text('receipt')} Second Ltd`)
    expect(await lastNavigation()).toBe('push s=record&id=con_2')
  })

  it('says that there are none', async () => {
    serve('get /v1/confirmations', { confirmations: [] })
    show(Records, { screen: 'records' })
    expect(await screen.findByText(text('recordsEmpty'))).toBeTruthy()
  })

  it('keeps what is shown where the next page does not come', async () => {
    serve('get /v1/confirmations', { confirmations: [confirmation()], next_cursor: 'next' })
    show(Records, { screen: 'records' })
    await screen.findByText('Example Ltd')
    setOffline(true)
    await press(text('more'))
    expect((await alert()).text).toContain(text('offlineLead'))
    expect(screen.getByText('Example Ltd')).toBeTruthy()
  })
})

describe('Record', () => {
  it('shows an answer, and saves its receipt as it came', async () => {
    const save = vi.spyOn(platform, 'saveFile').mockResolvedValue('saved')
    serve('get /v1/confirmations/con_1', confirmation())
    serve('get /v1/confirmations/con_1/receipt', receipt)
    show(Record, { screen: 'record', id: 'con_1' })
    expect(await screen.findByText('2026-11-28 14:00')).toBeTruthy()
    expect(screen.getByText(JSON.stringify(receipt))).toBeTruthy()
    await press(text('copyReceipt'))
    expect(await screen.findByText(text('saved'))).toBeTruthy()
    expect(save).toHaveBeenCalledWith(JSON.stringify(receipt), 'receipt-con_1.json')
  })

  it('says that the phone did not save it, and tries again', async () => {
    vi.spyOn(platform, 'saveFile').mockRejectedValueOnce(new Error('not copied')).mockResolvedValueOnce('copied')
    serve('get /v1/confirmations/con_1', confirmation())
    serve('get /v1/confirmations/con_1/receipt', receipt)
    show(Record, { screen: 'record', id: 'con_1' })
    await press(text('copyReceipt'))
    const failed = await alert()
    expect(failed.text).toContain(text('somethingWrong'))
    await failed.retry()
    expect(await screen.findByText(text('copied'))).toBeTruthy()
  })

  it('shows what the server says where it cannot be read', async () => {
    serve('get /v1/confirmations/con_1', problem('not_found', 404))
    serve('get /v1/confirmations/con_1/receipt', receipt)
    show(Record, { screen: 'record', id: 'con_1' })
    expect((await alert()).text).toContain('detail of not_found')
  })
})
