import { describe, expect, it } from 'vitest'
import { createSafeStorage, type Storage } from '../src/platform/storage'

/** A storage that works until it is told to fail. */
function device(): Storage & { kept: Map<string, string>; broken: 'no' | 'full' | 'off' } {
  const kept = new Map<string, string>()
  const fail = () => {
    throw new Error('SecurityError')
  }
  return {
    kept,
    broken: 'no',
    get(name) {
      return this.broken === 'off' ? fail() : kept.get(name)
    },
    set(name, value) {
      return this.broken === 'no' ? void kept.set(name, value) : fail()
    },
    remove(name) {
      return this.broken === 'off' ? fail() : void kept.delete(name)
    },
  }
}

describe('a storage', () => {
  it('keeps values on the device', () => {
    const on = device()
    createSafeStorage(on).set('token', 'a')
    expect(createSafeStorage(on).get('token')).toBe('a')
  })

  it.each(['full', 'off'] as const)('keeps values as long as the app is open where the device is %s', (broken) => {
    const storage = createSafeStorage(Object.assign(device(), { broken }))
    expect(storage.get('token')).toBeUndefined()
    storage.set('token', 'a')
    expect(storage.get('token')).toBe('a')
    storage.remove('token')
    expect(storage.get('token')).toBeUndefined()
  })

  it('lets no older value come back after one that could not be kept', () => {
    const on = device()
    const storage = createSafeStorage(on)
    storage.set('token', 'old')
    on.broken = 'full'
    storage.set('token', 'new')
    expect(storage.get('token')).toBe('new')
    expect(createSafeStorage(on).get('token')).toBeUndefined()
  })
})
