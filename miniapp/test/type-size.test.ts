import { afterEach, describe, expect, it, vi } from 'vitest'
import { startsElder, typeScale } from '../src/journey/type-size'
import { typeSize as ofAlipay } from '../src/platform/alipay/type-size'
import { typeSize as ofWeChat } from '../src/platform/weapp/type-size'

afterEach(() => vi.unstubAllGlobals())

describe('WeChat', () => {
  const wechat = (base: object | undefined, system: object = {}) => {
    vi.stubGlobal('wx', { ...(base && { getAppBaseInfo: () => base }), getSystemInfoSync: () => system })
    return ofWeChat()
  }

  it('reports a factor, or px before base library 2.20', () => {
    expect(wechat({ fontSizeScaleFactor: 1.4, fontSizeSetting: 23.8 })).toBe(1.4)
    expect(wechat({ fontSizeSetting: 17 })).toBe(1)
    expect(wechat(undefined, { fontSizeSetting: 34 })).toBe(2)
    expect(wechat({}, {})).toBeUndefined()
  })
})

describe('Alipay', () => {
  it.each([
    ['px', 16, 1],
    ['larger px', 20, 1.25],
    ['a step', 1, 1],
    ['a larger step', 3, 1.3],
    ['a factor', 1.15, 1.15],
    ['nothing', undefined, undefined],
    ['an unknown step', 7, undefined],
  ])('reports %s', (_, fontSizeSetting, size) => {
    vi.stubGlobal('my', { getSystemInfoSync: () => ({ fontSizeSetting }) })
    expect(ofAlipay()).toBe(size)
  })
})

describe('the type size of the device', () => {
  it.each([
    ['unknown', undefined, 1],
    ['usual', 1, 1],
    ['small', 0.94, 0.94],
    ['large', 1.18, 1.18],
    ['very large, in the standard mode that the person has chosen', 1.75, 1.3],
    ['nonsense', Number.NaN, 1],
    ['less than nothing', -1, 1],
  ])('%s', (_, system, scale) => {
    expect(typeScale(system, false)).toBe(scale)
  })

  it('adds to elder mode only what is larger than elder mode itself', () => {
    expect(typeScale(undefined, true)).toBe(1)
    expect(typeScale(1.3, true)).toBe(1)
    expect(typeScale(1.5, true)).toBe(1.15)
    expect(typeScale(9, true)).toBe(1.2)
  })

  it('starts elder mode where it is large', () => {
    expect([undefined, 1, 1.2].map(startsElder)).toEqual([false, false, false])
    expect([1.3, 1.4].map(startsElder)).toEqual([true, true])
  })
})
