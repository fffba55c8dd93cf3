import { webcrypto } from 'node:crypto'
import { platform } from '@platform'
import { cleanup, screen } from '@testing-library/preact'
import axe from 'axe-core'
import { describe, expect, it, vi } from 'vitest'
import { setState } from '../../src/app/store'
import type { Platform } from '../../src/platform/platform'
import { Record } from '../../src/screens/record'
import { Records } from '../../src/screens/records'
import { access, confirmation, session } from '../fixtures'
import { alert, heading, lastNavigation, press, show, text } from './harness/render'
import { callsOf, problem, serve, setOffline } from './harness/server'

const receipt = { receipt: 'signed' }

/** The platform of a browser, which can do what mini-programs cannot. */
const web = platform as Required<Platform>

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const statement = {
  confirmation_id: 'con_1',
  decision: 'confirmed',
  environment: 'sandbox',
  access: { checks: [{ kind: 'bank_card', passed_at: '2026-11-28T05:50:00Z' }] },
  verification: { checks: [{ kind: 'face', passed_at: '2026-11-28T05:55:00Z' }] },
}

/** A receipt whose signature is empty. */
function sealed(changed: Partial<typeof statement> = {}) {
  return { receipt: `${part({ alg: 'ES256', kid: 'key_1' })}.${part({ ...statement, ...changed })}.` }
}

/** A receipt with a key of its own. */
async function signed() {
  vi.stubGlobal('crypto', webcrypto)
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const text = sealed().receipt.slice(0, -1)
  const seal = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, Buffer.from(text))
  const jwk = { ...(await webcrypto.subtle.exportKey('jwk', pair.publicKey)), kid: 'key_1', use: 'sig' }
  return { document: { receipt: `${text}.${Buffer.from(seal).toString('base64url')}` }, jwk }
}

/** Opens the record of an answer. */
async function open(document: unknown) {
  serve('get /v1/confirmations/con_1', confirmation())
  serve('get /v1/confirmations/con_1/receipt', document)
  show(Record, { screen: 'record', id: 'con_1' })
  await screen.findByText(text('seal'))
}

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

  it('lists the answers of the session masked where only that is allowed', async () => {
    setState({ session: session({ answers_listed: true }) })
    serve('get /v1/session/confirmations', {
      answers: [
        {
          decision: 'refused',
          kind: 'no',
          enterprise_name_masked: 'Ex*******td',
          business_kind: 'establishment',
          answered_at: '2026-11-28T05:40:00Z',
        },
      ],
    })
    show(Records, { screen: 'records' })
    expect(await screen.findByText('Ex*******td')).toBeTruthy()
    expect(screen.getByText(text('recordsOfSession'))).toBeTruthy()
    expect(screen.queryByRole('button', { name: new RegExp(text('receipt')) })).toBeNull()
    expect(callsOf('get /v1/confirmations')).toHaveLength(0)
    await press(text('verifyAgain'))
    expect(await lastNavigation()).toBe('reset s=entry')
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

  it('says for whom it was, and which checks passed', async () => {
    setState({ session: session({ access }) })
    vi.spyOn(web, 'checkSeal').mockResolvedValue('valid')
    await open(sealed())
    expect(screen.getByText('**例 1****************8')).toBeTruthy()
    for (const kind of ['check_face', 'check_bank_card'] as const) expect(screen.getByText(text(kind))).toBeTruthy()
    expect(screen.getByText('2026-11-28 13:50')).toBeTruthy()
    expect(await screen.findByText(text('seal_valid'))).toBeTruthy()
    expect(screen.getByText(text('seal_test'))).toBeTruthy()
    expect((await screen.findByRole('img', { name: text('receiptQRAlt') })).getAttribute('src')).toMatch(
      /^data:image\/svg/,
    )
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } })
    expect(violations.map(({ id }) => id)).toEqual([])
  })

  it.each([
    ['does not fit', sealed(), 'invalid', 'seal_invalid'],
    ['is that of another answer', sealed({ confirmation_id: 'con_2' }), 'valid', 'seal_invalid'],
    ['states another decision', sealed({ decision: 'refused' }), 'valid', 'seal_invalid'],
    ['cannot be checked', sealed(), undefined, 'seal_unchecked'],
    ['has an unknown format', receipt, 'valid', 'seal_unchecked'],
  ] as const)('says that a seal %s', async (_, document, seal, key) => {
    const check = vi.spyOn(web, 'checkSeal')
    if (seal) check.mockResolvedValue(seal)
    else check.mockRejectedValue(new Error('no cryptography'))
    await open(document)
    expect(await screen.findByText(text(key))).toBeTruthy()
  })

  it('is checked with the published key', async () => {
    const { document, jwk } = await signed()
    serve('get /.well-known/jwks.json', { keys: [jwk] })
    await open(document)
    expect(await screen.findByText(text('seal_valid'))).toBeTruthy()
  })

  it('is not valid with another key, or without one', async () => {
    const { document } = await signed()
    const { jwk } = await signed()
    serve('get /.well-known/jwks.json', { keys: [jwk] })
    await open(document)
    expect(await screen.findByText(text('seal_invalid'))).toBeTruthy()
    cleanup()
    serve('get /.well-known/jwks.json', { keys: [] })
    await open(document)
    expect(await screen.findByText(text('seal_invalid'))).toBeTruthy()
  })

  it('is printed', async () => {
    const print = vi.spyOn(web, 'print').mockReturnValue()
    await open(sealed())
    await press(text('printReceipt'))
    expect(print).toHaveBeenCalledOnce()
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
