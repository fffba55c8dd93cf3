import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pagePath, screenCallsPage } from '../scripts/screen-calls/page'
import { screens } from '../src/journey/route'

describe('docs/screens.md', () => {
  it('lists what the screens call today; npm run screen-calls writes it', () => {
    const page = screenCallsPage()
    for (const screen of screens) expect(page).toContain(`| \`${screen}\` |`)
    expect(readFileSync(pagePath, 'utf8')).toBe(page)
  }, 60_000)
})
