// The table of looks and stories.
import type { LookName } from './looks'

export type Result = 'passed' | 'failed' | 'skipped'

export const marks: Record<Result, string> = { passed: '✓', failed: '✗', skipped: '–' }

/** What node:test reports of a story that has ended. */
export interface StoryEvent {
  name: string
  file?: string
  skip?: string | boolean
  details: { duration_ms: number; type?: string; error?: Error & { cause?: Error; failureType?: string } }
}

export class Table {
  private readonly stories = new Map<string, Map<LookName, Result>>()

  constructor(readonly looks: readonly LookName[]) {}

  add(look: LookName, file: string, story: string, result: Result): void {
    const key = `${file.replace(/^.*\/|\.test\.ts$/g, '')}: ${story}`
    const results = this.stories.get(key) ?? new Map<LookName, Result>()
    this.stories.set(key, results.set(look, result))
  }

  /** Whether stories were played in each look, and none has failed. */
  get passed(): boolean {
    const results = [...this.stories.values()]
    return (
      this.looks.every((look) => results.some((all) => all.get(look) === 'passed')) &&
      results.every((all) => ![...all.values()].includes('failed'))
    )
  }

  /** Returns a line for each story and a column for each look. A story that was not played in a look has an empty cell. */
  render(): string {
    const row = (cells: readonly string[], story: string) =>
      [...cells.map((cell, at) => cell.padEnd(this.looks[at]?.length ?? 0)), story].join('  ')
    const lines = [...this.stories].map(([story, results]) =>
      row(
        this.looks.map((look) => {
          const result = results.get(look)
          return result ? marks[result] : ''
        }),
        story,
      ),
    )
    const count = (result: Result) =>
      row(
        this.looks.map((look) => String([...this.stories.values()].filter((all) => all.get(look) === result).length)),
        result,
      )
    return [row(this.looks, 'story'), ...lines, count('passed'), count('failed'), count('skipped')].join('\n')
  }
}
