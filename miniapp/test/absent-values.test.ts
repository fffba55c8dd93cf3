import { afterEach, describe, expect, it, vi } from 'vitest'
import { deviceOf, languagesOf, systemOf } from '../src/platform/mini/system'
import type { Platform } from '../src/platform/platform'

// The page stack of mini-programs comes from Taro, which runs in a mini-program only.
vi.mock('@tarojs/taro', () => ({ default: {} }))

describe('the device', () => {
  it.each([
    [
      { platform: 'ios', system: 'iOS 17.0' },
      { platform: 'ios', version: '17.0' },
    ],
    [
      { platform: 'android', system: 'Android 10' },
      { platform: 'android', version: '10' },
    ],
    [
      { platform: 'iOS', system: '17.0.1' },
      { platform: 'ios', version: '17.0.1' },
    ],
    [
      { platform: 'ohos', system: 'HarmonyOS 5.0' },
      { platform: 'harmonyos', version: '5.0' },
    ],
    [{ platform: 'ios', system: 'iOS' }, { platform: 'ios' }],
    [{ platform: 'android', system: null }, { platform: 'android' }],
    [{ platform: null, system: undefined }, { platform: 'unknown' }],
    [{}, { platform: 'unknown' }],
  ])('is read from %j, and what cannot be read is left out', (said, device) => {
    expect(deviceOf(said)).toEqual(device)
  })

  it('is unknown where the platform cannot be asked', () => {
    expect(
      systemOf(() => {
        throw new Error('fail')
      }),
    ).toEqual({})
    expect(systemOf(() => null)).toEqual({})
    expect(languagesOf({ language: null })).toEqual([])
    expect(languagesOf({ language: 'zh_TW' })).toEqual(['zh-TW'])
  })
})

interface Said {
  success?: (...answer: unknown[]) => void
  fail?: (...answer: unknown[]) => void
}

/** A platform whose calls all end the same way and return nothing. */
function silent(end: 'success' | 'fail') {
  const tell = (options?: Said) => {
    options?.[end]?.()
  }
  const known: Record<string, unknown> = {
    startAPVerify: (_: unknown, callback: () => void) => callback(),
    getFileSystemManager: () => ({ writeFile: tell }),
    env: undefined,
    getSystemInfoSync: () => null,
    getStorageSync: () => null,
    onNetworkStatusChange: (listener: () => void) => listener(),
  }
  return new Proxy(known, { get: (target, name) => (name in target ? target[String(name)] : tell) })
}

/** Waits until a promise is settled. */
async function ended(work: () => Promise<unknown> | undefined): Promise<boolean> {
  return Promise.race([
    (async () => work())().then(
      () => true,
      () => true,
    ),
    new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), 200)
    }),
  ])
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe.each([
  ['weapp', 'wx'],
  ['alipay', 'my'],
])('%s', (folder, name) => {
  it.each(['success', 'fail'] as const)('is never left hanging where calls end in %s and t nothing', async (end) => {
    vi.stubGlobal(name, silent(end))
    const { platform } = (await import(`../src/platform/${folder}/index.ts`)) as { platform: Platform }
    const { signIn } = platform
    if (signIn.by !== 'code') throw new Error('a mini-program signs in by a code')
    const calls: Record<string, () => Promise<unknown> | undefined> = {
      send: () => platform.send({ method: 'GET', url: 'https://bff.example/v1/session', headers: {}, binary: false }),
      code: () => signIn.code(),
      identityCode: () => platform.requestIdentityCode?.(),
      showFace: () => platform.startFaceCheck({ kind: 'sdk', certify_id: 'c' }),
      openPage: () => platform.startFaceCheck({ kind: 'page', url: 'https://face.example' }),
      savePicture: () => platform.savePicture('data:image/png;base64,AA==', 'a.png'),
      keepText: () => platform.saveText('text'),
      keepFile: () => platform.saveFile('text', 'a.json'),
      subscribe: () => platform.subscribe?.('template'),
    }
    for (const [call, work] of Object.entries(calls)) expect([call, await ended(work)]).toEqual([call, true])
    expect(signIn.device()).toEqual({ platform: 'unknown' })
    expect(platform.languages()).toEqual([])
    expect(platform.storage.get('token')).toBeUndefined()
    platform.onOnline(() => undefined)()
  })
})
