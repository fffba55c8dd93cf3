// Plays the stories in several looks, and prints a table of them.
// Usage: tsx e2e/all.ts [--short] [LOOK...]. --short plays all stories on the phone, and one in the other looks.
import { readdirSync } from 'node:fs'
import { run } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type LookName, lookNames } from './harness/looks'
import { marks, type Result, type StoryEvent, Table } from './harness/table'

const folder = fileURLToPath(new URL('test/', import.meta.url))
const every = readdirSync(folder).filter((name) => name.endsWith('.test.ts'))

/** The story that --short plays in the other looks: the whole journey of a person. */
const short = { files: ['journey.test.ts'], name: 'a person goes from the entry to the receipt' }

/** How many files are played at a time. Each has a sandbox and a browser of its own, and waits for its pages half of its time. */
const concurrency = 2

const words = process.argv.slice(2)
const asked = words.filter((word) => !word.startsWith('--'))
const unknown = asked.find((word) => !lookNames.some((name) => name === word))
if (unknown) throw new Error(`${unknown} is not one of: ${lookNames.join(', ')}`)

const isShort = words.includes('--short')
const table = new Table(lookNames.filter((name) => asked.length === 0 || asked.includes(name)))
for (const look of table.looks) await play(look, isShort && look !== 'phone' ? short : { files: every })
process.stdout.write(`\n${table.render()}\n`)
process.exit(table.passed ? 0 : 1)

/** Plays the stories of some files in a look, and records their results in the table. */
async function play(look: LookName, { files, name: only }: { files: readonly string[]; name?: string }): Promise<void> {
  process.env.E2E_LOOK = look // the files run in processes of their own, which inherit it
  const testNamePatterns = only ? { testNamePatterns: only } : {}
  for await (const event of run({ files: files.map((name) => folder + name), concurrency, ...testNamePatterns })) {
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue
    const { name, file = look, details, skip } = event.data as StoryEvent
    const contains = details.type === 'suite' || name.endsWith('.test.ts')
    // A file or a group passes or fails by its stories, unless it fails by itself.
    if (contains && (event.type === 'test:pass' || details.error?.failureType === 'subtestsFailed')) continue
    if (skip === 'test name does not match pattern') continue
    const result: Result = event.type === 'test:fail' ? 'failed' : skip !== undefined ? 'skipped' : 'passed'
    table.add(look, file, name, result)
    const seconds = (details.duration_ms / 1000).toFixed(1)
    process.stdout.write(`${marks[result]} ${look} · ${name} (${seconds} s)\n`)
    if (result === 'failed') process.stdout.write(`${details.error?.cause?.stack ?? details.error?.stack}\n`)
  }
}
