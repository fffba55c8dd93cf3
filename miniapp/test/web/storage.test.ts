// @vitest-environment-options { "url": "https://renzheng.example" }
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSafeStorage } from '../../src/platform/storage'
import { storage } from '../../src/platform/web/storage'

const fails = () => {
  throw new DOMException('SecurityError')
}

describe('the storage of a browser', () => {
  afterEach(() => {
    for (const name of ['invitation', 'language']) createSafeStorage(storage).remove(name)
    vi.unstubAllGlobals()
  })

  it('is of the tab', () => {
    storage.set('invitation', 'K3Q7')
    expect(sessionStorage.getItem('invitation')).toBe('K3Q7')
    expect(document.cookie).toBe('')
    storage.remove('invitation')
    expect(storage.get('invitation')).toBeUndefined()
  })

  it.each([
    ['none', { getItem: fails, setItem: fails, removeItem: fails }],
    ['a full one', { getItem: () => null, setItem: fails, removeItem: () => undefined }],
  ])('has in a cookie what must survive the sign-in, where there is %s', (_, broken) => {
    vi.stubGlobal('sessionStorage', broken)
    const before = createSafeStorage(storage)
    before.set('invitation', 'K3Q7')
    before.set('language', 'en')
    before.set('drafts', 'personal')
    const after = createSafeStorage(storage)
    expect(after.get('invitation')).toBe('K3Q7')
    expect(after.get('language')).toBeUndefined()
    expect(document.cookie).not.toContain('personal')
    after.remove('invitation')
    expect(createSafeStorage(storage).get('invitation')).toBeUndefined()
    expect(document.cookie).toBe('')
  })
})
