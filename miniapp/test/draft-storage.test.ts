import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DraftStorage, draftLifetime, emptyDrafts } from '../src/app/draft-storage'
import { emptyDraft } from '../src/journey/document'
import type { Storage } from '../src/platform/storage'

const drafts = { ...emptyDrafts, draft: { ...emptyDraft, name: '李样例', number: '11010519491231002X' } }

let values: Map<string, string>
let storage: Storage
const expire = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  expire.mockClear()
  values = new Map()
  storage = {
    get: (name) => values.get(name),
    set: (name, value) => void values.set(name, value),
    remove: (name) => void values.delete(name),
  }
})

afterEach(() => {
  vi.useRealTimers()
})

it('keeps what was typed for a reload, with its session', () => {
  new DraftStorage(storage, expire).save(drafts, 'ses_1')
  expect(new DraftStorage(storage, expire).load()).toMatchObject({ ...drafts, session: 'ses_1' })
})

it('ends 30 minutes after the last edit, after a reload too', () => {
  new DraftStorage(storage, () => {}).save(drafts, 'ses_1')
  vi.advanceTimersByTime(draftLifetime - 1000)
  new DraftStorage(storage, expire).load()
  vi.advanceTimersByTime(999)
  expect(expire).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(expire).toHaveBeenCalledOnce()
})

it('removes what is too old', () => {
  new DraftStorage(storage, expire).save(drafts, 'ses_1')
  vi.setSystemTime(Date.now() + draftLifetime)
  expect(new DraftStorage(storage, expire).load()).toBeUndefined()
  expect(values.size).toBe(0)
})

it.each(['', '{}', '{"at":1e999}', 'null', '{"at":0,"draft":{"type":"anything"}}'])(
  'removes %s, which is none',
  (text) => {
    values.set('drafts', text)
    expect(new DraftStorage(storage, expire).load()).toBeUndefined()
    expect(values.size).toBe(0)
  },
)

it('stores nothing once the drafts are cleared, and nothing at all without a tab', () => {
  const kept = new DraftStorage(storage, expire)
  kept.save(drafts, 'ses_1')
  kept.save(emptyDrafts, 'ses_1')
  expect(values.size).toBe(0)
  const inMemory = new DraftStorage(undefined, expire)
  inMemory.save(drafts, 'ses_1')
  expect(inMemory.load()).toBeUndefined()
  vi.advanceTimersByTime(draftLifetime)
  expect(expire).not.toHaveBeenCalled()
})
