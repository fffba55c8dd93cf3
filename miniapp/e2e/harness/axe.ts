// Checks the screen with axe, each state of a screen once for each test file.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type Axe from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Longer than the transitions of a screen that has just changed, in milliseconds. */
const settling = 500

/** The states that were checked. */
const checked = new Set<string>()

/** Fails if the screen has a serious or critical finding of axe, or something that is wider than the screen. */
export async function checkAccessibility(page: Page): Promise<void> {
  const state = await page.evaluate(describeState)
  if (checked.has(state)) return
  checked.add(state)
  let found = await look(page)
  if (found.length > 0) {
    await page.waitForTimeout(settling) // the screen may have changed meanwhile
    found = await look(page)
  }
  if (found.length > 0) throw new Error(`accessibility findings on this screen:\n${found.join('\n')}`)
}

async function look(page: Page): Promise<string[]> {
  await page.evaluate(endTransitions)
  return [...(await findings(page)), ...(await tooWide(page))]
}

/** Ends the transitions of colours: half-way through, a text has a contrast that it never keeps. Runs in the page. */
function endTransitions(): void {
  for (const animation of document.getAnimations()) {
    if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish()
  }
}

/** Returns the elements that are shown, with their classes and states but without texts. Runs in the page. */
function describeState(): string {
  const attributes = ['class', 'role', 'type', 'aria-disabled', 'aria-busy', 'aria-invalid', 'aria-checked', 'open']
  const shown = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility())
  const words = shown.map((element) =>
    [element.tagName, ...attributes.map((name) => element.getAttribute(name) ?? '')].join(','),
  )
  const heading = shown.find(({ tagName }) => tagName === 'H1')?.textContent
  return [...new Set([document.documentElement.lang, heading, ...words])].join(';')
}

/** Returns the serious and critical findings of axe. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe) // evaluated instead of loaded, because the page's policy allows no other scripts
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof Axe }).axe.run(document, { resultTypes: ['violations'] }),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => {
      const examples = nodes.slice(0, 3).map(({ html, failureSummary = '' }) => `${html} ${failureSummary}`)
      return `${id}: ${examples.join(' ')}`
    })
}

/** Returns elements that are wider than the screen. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = [...document.querySelectorAll('main *, header *')].filter(
      (one) => one.getBoundingClientRect().right > innerWidth + 1,
    )
    return wide.slice(0, 3).map((one) => `wider than the screen: ${one.outerHTML.slice(0, 100)}`)
  })
}
