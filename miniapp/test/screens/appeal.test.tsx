import { screen, waitFor } from '@testing-library/preact'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { setState } from '../../src/app/store'
import type { PickedFile } from '../../src/platform/platform'
import { platform } from '../../src/platform/web'
import { Appeal, Appeals, NewAppeal } from '../../src/screens/appeal'
import { type AppealKey, appeal, appealText } from '../../src/strings/appeal'
import { languages } from '../../src/strings/table'
import { notice, session } from '../fixtures'
import { lastNavigation, press, show } from './harness/render'
import { callsOf, serve } from './harness/server'

const a = (key: AppealKey, values?: Record<string, string | number>) => appealText('en', key, values)

const items = [
  { code: 'document_front', kind: 'picture', title: 'Front', hint: 'sharp', required: true, max_bytes: 1000 },
  { code: 'failure_video', kind: 'video', title: 'Video', hint: 'face', required: false, max_bytes: 5000 },
]
const checklist = {
  failure: 'face_differs',
  possible: true,
  note: 'try light',
  items,
  part_bytes: 300,
  mail: { address: 'appeals@authority.example', subject: '个人实名认证失败材料-apl_1' },
}
const draft = {
  id: 'apl_1',
  failure: 'face_differs',
  prompt: 'The face differs',
  state: 'draft',
  created_at: '2026-11-28T05:36:00Z',
  messages: [] as unknown[],
  materials: [] as unknown[],
  checklist,
}
const material = {
  id: 'mat_1',
  item: 'document_front',
  kind: 'picture',
  bytes: 700,
  parts: 3,
  received: [] as number[],
}

function picks(file: PickedFile | undefined) {
  setState({ session: session({}) })
  vi.spyOn(platform, 'pickFile').mockResolvedValue(file)
}

const file = (size: number): PickedFile => ({
  size,
  preview: 'data:,',
  read: async (start, length) => `${start}+${length}`,
})

describe('NewAppeal', () => {
  it('says what is needed, and opens an appeal', async () => {
    setState({ session: session({}) })
    serve('get /v1/appeals/checklist', checklist)
    serve('post /v1/appeals', draft)
    show(NewAppeal, { screen: 'appealNew', id: 'face_differs' })
    expect(await screen.findByText('try light')).toBeTruthy()
    expect(screen.getByText(a('optional', { item: 'Video' }))).toBeTruthy()
    expect(screen.getByText('个人实名认证失败材料-apl_1')).toBeTruthy()
    await press(a('begin'))
    expect(await lastNavigation()).toBe('replace s=appeal&id=apl_1')
    expect(callsOf('post /v1/appeals')[0]?.body).toEqual({ failure: 'face_differs' })
  })

  it('says why there is no appeal', async () => {
    setState({ session: session({}) })
    serve('get /v1/appeals/checklist', {
      ...checklist,
      possible: false,
      items: [],
      note: 'with a guardian',
      mail: undefined,
    })
    show(NewAppeal, { screen: 'appealNew', id: 'guardian_required' })
    expect(await screen.findByText('with a guardian')).toBeTruthy()
    expect(screen.queryByRole('button', { name: a('begin') })).toBeNull()
  })
})

describe('Appeal', () => {
  it('sends a file in parts, and shows it', async () => {
    picks(file(700))
    serve('get /v1/appeals/apl_1', draft)
    serve('post /v1/appeals/apl_1/materials', { ...material, state: 'uploading' })
    serve('post /v1/appeals/apl_1/materials/mat_1/parts', {})
    serve('post /v1/appeals/apl_1/materials/mat_1/completion', { ...material, state: 'ready' })
    show(Appeal, { screen: 'appeal', id: 'apl_1' })
    await press(a('pick', { item: 'Front' }))
    await waitFor(() => expect(callsOf('post /v1/appeals/apl_1/materials/mat_1/completion')).toHaveLength(1))
    expect(await screen.findByRole('img', { name: 'Front' })).toBeTruthy()
    expect(callsOf('post /v1/appeals/apl_1/materials/mat_1/parts').map(({ body }) => body)).toEqual([
      { part: 0, data: '0+300' },
      { part: 1, data: '300+300' },
      { part: 2, data: '600+100' },
    ])
  })

  it('tells of a photo that looks blurred, and sends it all the same', async () => {
    const grey = {
      width: 64,
      height: 40,
      rgba: new Uint8ClampedArray(64 * 40 * 4).fill(150),
      photo: { width: 1600, height: 1000 },
    }
    picks({ ...file(200), pixels: async () => grey })
    serve('get /v1/appeals/apl_1', draft)
    serve('post /v1/appeals/apl_1/materials', { ...material, state: 'uploading', parts: 1 })
    serve('post /v1/appeals/apl_1/materials/mat_1/parts', {})
    serve('post /v1/appeals/apl_1/materials/mat_1/completion', { ...material, state: 'ready' })
    show(Appeal, { screen: 'appeal', id: 'apl_1' })
    await press(a('pick', { item: 'Front' }))
    expect(await screen.findByText(a('photoBlurred'))).toBeTruthy()
    await waitFor(() => expect(callsOf('post /v1/appeals/apl_1/materials/mat_1/completion')).toHaveLength(1))
  })
  it('rejects a file that is too large before it is sent', async () => {
    picks(file(1001))
    serve('get /v1/appeals/apl_1', draft)
    show(Appeal, { screen: 'appeal', id: 'apl_1' })
    await press(a('pick', { item: 'Front' }))
    expect((await screen.findByRole('alert')).textContent).toBe(a('tooLarge', { mb: 0 }))
    expect(callsOf('post /v1/appeals/apl_1/materials')).toHaveLength(0)
  })

  it('goes on with the parts that have not arrived', async () => {
    picks(file(700))
    serve('get /v1/appeals/apl_1', { ...draft, materials: [{ ...material, state: 'uploading', received: [0, 2] }] })
    serve('post /v1/appeals/apl_1/materials/mat_1/parts', {})
    serve('post /v1/appeals/apl_1/materials/mat_1/completion', { ...material, state: 'ready' })
    show(Appeal, { screen: 'appeal', id: 'apl_1' })
    expect(await screen.findByText(a('unfinished'))).toBeTruthy()
    await press(a('pick', { item: 'Front' }))
    await waitFor(() => expect(callsOf('post /v1/appeals/apl_1/materials/mat_1/completion')).toHaveLength(1))
    expect(callsOf('post /v1/appeals/apl_1/materials/mat_1/parts').map(({ body }) => body)).toEqual([
      { part: 1, data: '300+300' },
    ])
    expect(callsOf('post /v1/appeals/apl_1/materials')).toHaveLength(0)
  })

  it('is submitted once everything is ready', async () => {
    setState({ session: session({}) })
    serve('get /v1/appeals/apl_1', { ...draft, materials: [{ ...material, state: 'ready' }] })
    serve('post /v1/appeals/apl_1/submission', {})
    show(Appeal, { screen: 'appeal', id: 'apl_1' })
    await userEvent.type(await screen.findByRole('textbox', { name: a('contact') }), '13800138000')
    await userEvent.type(screen.getByRole('textbox', { name: a('text') }), 'it is me')
    await press(a('submit'))
    await waitFor(() => expect(callsOf('post /v1/appeals/apl_1/submission')).toHaveLength(1))
    expect(callsOf('post /v1/appeals/apl_1/submission')[0]?.body).toEqual({
      contact: '13800138000',
      device: '',
      app: '',
      text: 'it is me',
    })
  })

  it('shows a question, and the decision with its reason and ground', async () => {
    setState({ session: session({}) })
    serve('get /v1/appeals/apl_1', {
      ...draft,
      state: 'question',
      messages: [{ from: 'reviewer', text: 'which day?', at: '2026-11-28T05:36:00Z' }],
    })
    serve('post /v1/appeals/apl_1/answer', {})
    show(Appeal, { screen: 'appeal', id: 'apl_1' })
    expect(await screen.findByText('which day?')).toBeTruthy()
    await userEvent.type(screen.getByRole('textbox', { name: a('answer') }), 'yesterday')
    serve('get /v1/appeals/apl_1', {
      ...draft,
      state: 'decided',
      decision: { outcome: 'tries_reopened', reason: 'it is you', ground: 'article 1' },
    })
    await press(a('sendAnswer'))
    expect(await screen.findByText('article 1')).toBeTruthy()
    expect(screen.getByText(a('outcome_tries_reopened'))).toBeTruthy()
    expect(screen.queryByRole('button', { name: a('withdraw') })).toBeNull()
  })
})

describe('Reading', () => {
  const offer = {
    agreed: false,
    notice: notice({ id: 'document_photo', kind: 'document_photo', statement: 'read my photos' }),
  }
  const ready = { ...material, state: 'ready' }
  const read = {
    state: 'read',
    name_masked: '**三',
    number_masked: '1***X',
    hints: ['there is a reflection'],
    corrected: [],
  }
  const readFirst = 'post /v1/appeals/apl_1/materials/mat_1/reading'

  it('asks for a consent of its own, and then reads what is there', async () => {
    setState({ session: session({}) })
    serve('get /v1/appeals/apl_1', { ...draft, reading: offer, materials: [ready] })
    serve('post /v1/appeals/apl_1/reading-consent', {
      ...draft,
      reading: { ...offer, agreed: true },
      materials: [ready],
    })
    serve(readFirst, { ...ready, reading: read })
    show(Appeal, { screen: 'appeal', id: 'apl_1' })
    const box = await screen.findByRole('checkbox', { name: 'read my photos' })
    expect((box as HTMLInputElement).checked).toBe(false)
    expect(callsOf(readFirst)).toHaveLength(0)
    await userEvent.click(box)
    serve('get /v1/appeals/apl_1', {
      ...draft,
      reading: { ...offer, agreed: true },
      materials: [{ ...ready, reading: read }],
    })
    await press(a('readingAgree'))
    expect(await screen.findByText('there is a reflection')).toBeTruthy()
    expect(callsOf(readFirst)).toHaveLength(1)
    expect(callsOf('post /v1/appeals/apl_1/reading-consent')[0]?.body).toEqual({
      notice: { id: 'document_photo', version: offer.notice.version, hash: offer.notice.hash },
    })
  })

  it('reads nothing without the consent', async () => {
    picks(file(200))
    serve('get /v1/appeals/apl_1', { ...draft, reading: offer })
    serve('post /v1/appeals/apl_1/materials', { ...material, state: 'uploading', parts: 1 })
    serve('post /v1/appeals/apl_1/materials/mat_1/parts', {})
    serve('post /v1/appeals/apl_1/materials/mat_1/completion', ready)
    show(Appeal, { screen: 'appeal', id: 'apl_1' })
    await press(a('pick', { item: 'Front' }))
    await waitFor(() => expect(callsOf('post /v1/appeals/apl_1/materials/mat_1/completion')).toHaveLength(1))
    expect(callsOf(readFirst)).toHaveLength(0)
  })

  it('sends only what differs, and shows nothing unmasked', async () => {
    setState({ session: session({}) })
    serve('get /v1/appeals/apl_1', {
      ...draft,
      reading: { ...offer, agreed: true },
      materials: [{ ...ready, reading: read }],
    })
    serve(`${readFirst}/confirmation`, ready)
    show(Appeal, { screen: 'appeal', id: 'apl_1' })
    await userEvent.type(await screen.findByRole('textbox', { name: a('correctName') }), '张三')
    await press(a('confirm'))
    await waitFor(() =>
      expect(callsOf(`${readFirst}/confirmation`)[0]?.body).toMatchObject({ name: '张三', number: '', valid_from: '' }),
    )
  })

  it('tells of a fault or an absence as a hint', async () => {
    setState({ session: session({}) })
    const back = { ...ready, id: 'mat_2', reading: { state: 'not_read', hints: [], corrected: [] } }
    serve('get /v1/appeals/apl_1', {
      ...draft,
      reading: { ...offer, agreed: true },
      materials: [{ ...ready, reading: { ...read, fault: 'too_blurred', fault_text: 'hold it still.' } }, back],
    })
    show(Appeal, { screen: 'appeal', id: 'apl_1' })
    expect(await screen.findByText(`hold it still. ${a('faultLead')}`)).toBeTruthy()
    expect(screen.getByText(a('notRead'))).toBeTruthy()
    expect(screen.queryByRole('button', { name: a('confirm') })).toBeNull()
  })
})

describe('Appeals', () => {
  it('lists them, and opens one', async () => {
    setState({ session: session({}) })
    serve('get /v1/appeals', { appeals: [{ ...draft, state: 'submitted' }] })
    show(Appeals, { screen: 'appeals' })
    expect(await screen.findByText(a('state_submitted'))).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: /The face differs/ }))
    expect(await lastNavigation()).toBe('push s=appeal&id=apl_1')
  })
})

describe('texts', () => {
  it('exist in every language, with one word for personal data', () => {
    for (const [key, one] of Object.entries(appeal)) {
      for (const language of languages) expect(one[language].trim(), `${key} in ${language}`).not.toBe('')
      expect(one['zh-Hant'], key).not.toMatch(/信息|資訊/)
    }
  })
})
