import { afterEach, expect, it, vi } from 'vitest'
import { platform as alipay } from '../src/platform/alipay'
import { platform as weapp } from '../src/platform/weapp'

// The page stack of mini-programs comes from Taro, which runs in a mini-program only.
vi.mock('@tarojs/taro', () => ({ default: {} }))

/** Alipay answers the question. */
function answers(end: 'success' | 'fail', answer: unknown) {
  const calls: { entityIds: string[] }[] = []
  vi.stubGlobal('my', {
    requestSubscribeMessage(options: { entityIds: string[] } & Record<string, (answer: unknown) => void>) {
      calls.push(options)
      options[end]?.(answer)
    },
  })
  return calls
}

afterEach(() => {
  vi.unstubAllGlobals()
})

it('takes what Alipay lists in the end for an agreement', async () => {
  const calls = answers('success', { behavior: 'subscribe', show: false, result: { subscribedEntityIds: ['a', 'b'] } })
  expect(await alipay.subscribe?.('b')).toBe(true)
  expect(calls[0]?.entityIds).toEqual(['b'])
})

it.each([
  ['another template', 'success', { behavior: 'subscribe', result: { subscribedEntityIds: ['a'] } }],
  ['a cancelled question', 'success', { behavior: 'cancel', result: { subscribedEntityIds: ['b'] } }],
  ['a cancelled question of other versions', 'fail', { errorCode: '11' }],
  ['a failed agreement', 'success', { behavior: '', result: null }],
  ['no answer at all', 'fail', undefined],
] as const)('takes %s for a no', async (_, end, answer) => {
  answers(end, answer)
  expect(await alipay.subscribe?.('b')).toBe(false)
})

it('does not say that the person declined what Alipay never asked', async () => {
  answers('fail', { errorCode: 106_008 })
  await expect(alipay.subscribe?.('b')).rejects.toThrow('106008')
})

it('offers nothing where Alipay has no such question', () => {
  vi.stubGlobal('my', {})
  expect(alipay.subscribe).toBeUndefined()
})

it.each([
  ['accept', true],
  ['acceptWithAudio', true],
  ['reject', false],
  ['ban', false],
])('takes %s of WeChat for %s', async (answer, agreed) => {
  vi.stubGlobal('wx', {
    requestSubscribeMessage: (options: { success(answers: unknown): void }) => options.success({ b: answer }),
  })
  expect(await weapp.subscribe?.('b')).toBe(agreed)
})
