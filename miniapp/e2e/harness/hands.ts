// How a person operates the screen: with a pointer, or by the keyboard alone.
import type { Locator, Page } from 'playwright-core'

export interface Hands {
  press(target: Locator): Promise<void>
  /** Ticks a box, or chooses one of several. */
  check(target: Locator): Promise<void>
  fill(target: Locator, text: string): Promise<void>
  select(target: Locator, value: string): Promise<void>
}

export const pointer: Hands = {
  press: (target) => target.click(),
  check: async (target) => {
    if (!(await target.isChecked())) await target.click()
  },
  fill: (target, text) => target.fill(text),
  select: async (target, value) => {
    await target.selectOption(value)
  },
}

/** No screen has that many focusable elements. */
const mostTabs = 120

/** Operates by Tab, Enter, Space and the arrows. Fails if an element cannot be reached, or if its focus is not visible. */
export function keyboardOf(page: Page): Hands {
  const { keyboard } = page

  /** Presses Tab until an element has the focus, or Shift and Tab if that is nearer. */
  const reach = async (target: Locator) => {
    await target.click({ trial: true }) // waits until it can be pressed, and presses nothing
    for (let tabs = 0; tabs < mostTabs; tabs++) {
      const focus = await target.evaluate(focusOf)
      if (focus === 'seen') return
      if (focus === 'unseen') throw new Error(`the focus is not visible on ${target}`)
      await keyboard.press(focus === 'below' ? 'Shift+Tab' : 'Tab')
    }
    throw new Error(`the keyboard does not reach ${target}`)
  }

  return {
    press: async (target) => {
      await reach(target)
      await keyboard.press('Enter')
    },
    check: async (target) => {
      if (await target.isChecked()) return
      await reach(target)
      await keyboard.press('Space')
      // Radio buttons take the focus as a group. The arrows choose among them.
      const isRadio = (await target.getAttribute('type')) === 'radio'
      for (let down = 0; isRadio && down < mostTabs && !(await target.isChecked()); down++)
        await keyboard.press('ArrowDown')
    },
    fill: async (target, text) => {
      await reach(target)
      if ((await target.getAttribute('type')) === 'date') return target.fill(text) // its parts depend on the system
      await keyboard.press('Control+A')
      if (text) await keyboard.insertText(text)
      else await keyboard.press('Delete')
    },
    select: async (target, value) => {
      await reach(target)
      const at = await target.evaluate((select, wanted) => {
        const { options } = select as HTMLSelectElement
        return [...options].findIndex((option) => option.value === wanted)
      }, value)
      await keyboard.press('Home')
      for (let down = 0; down < at; down++) await keyboard.press('ArrowDown')
    },
  }
}

/** Reports where the focus is, seen from an element, and whether it can be seen on the element itself. Runs in the page. */
function focusOf(element: Element): 'seen' | 'unseen' | 'above' | 'below' {
  const target = element.closest('a[href],button,input,select,summary') ?? element
  const active = document.activeElement ?? document.body
  const sameGroup =
    active instanceof HTMLInputElement &&
    target instanceof HTMLInputElement &&
    active.type === 'radio' &&
    active.name === target.name
  if (active !== target && !sameGroup)
    return target.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING ? 'below' : 'above'
  const { outlineStyle, outlineWidth } = getComputedStyle(active)
  const { left, top, width, height } = active.getBoundingClientRect()
  const shown = document.elementFromPoint(left + width / 2, top + height / 2)
  const covered = !shown || !(active.contains(shown) || shown.contains(active))
  return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0 && !covered ? 'seen' : 'unseen'
}
