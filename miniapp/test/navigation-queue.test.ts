import { expect, test } from 'vitest'
import { createQueue } from '../src/app/navigation-queue'

const never = () => new Promise<void>(() => {})

/** A navigation that records its start and ends on demand. */
function navigation(started: string[], name: string) {
  let end = () => {}
  let fail = () => {}
  const start = () => {
    started.push(name)
    return new Promise<void>((resolve, reject) => {
      end = resolve
      fail = () => reject(new Error('reLaunch:fail'))
    })
  }
  return { name, start, end: () => end(), fail: () => fail() }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

test('a navigation starts only when the one before has ended, also in failure', async () => {
  const started: string[] = []
  const enqueue = createQueue(never)
  const [first, second, third] = ['list', 'detail', 'entry'].map((name) => navigation(started, name)) as [N, N, N]
  for (const { name, start } of [first, second, third]) enqueue(name, start)
  await settled()
  expect(started).toEqual(['list'])
  first.end()
  await settled()
  expect(started).toEqual(['list', 'detail'])
  second.fail()
  await settled()
  expect(started).toEqual(['list', 'detail', 'entry'])
})

test('two screens that lead to one place at the same time lead there once', async () => {
  const started: string[] = []
  const enqueue = createQueue(never)
  const first = navigation(started, 'entry')
  enqueue('entry', first.start)
  enqueue('entry', first.start)
  first.end()
  await settled()
  expect(started).toEqual(['entry'])
  enqueue('entry', first.start)
  expect(started).toEqual(['entry', 'entry'])
})

test('a navigation whose end is never reported, or that throws, does not hold up the next one', async () => {
  const started: string[] = []
  let giveUp = () => {}
  const enqueue = createQueue(
    () =>
      new Promise((resolve) => {
        giveUp = resolve
      }),
  )
  enqueue('list', navigation(started, 'list').start)
  enqueue('broken', () => {
    throw new Error('no such page')
  })
  enqueue('entry', navigation(started, 'entry').start)
  giveUp()
  await settled()
  expect(started).toEqual(['list', 'entry'])
})

type N = ReturnType<typeof navigation>
