import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Manifest {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Manifest

test('the screens are tested with the version of Preact that browsers get', () => {
  expect(read('../package.json').devDependencies?.preact).toBe(read('../web/package.json').dependencies?.preact)
})
