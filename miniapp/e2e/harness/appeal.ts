// What the screens on appeals need of a person.
import { readFile } from 'node:fs/promises'
import { type AppealKey, appealText } from '../../src/strings/appeal'
import { checkAccessibility } from './axe'
import type { Phone } from './phone'

/** Reads a file of the samples of materials. */
export const sample = (name: string) => readFile(new URL(`../../../material/testdata/${name}`, import.meta.url))

/** Operates the screens on appeals, whose texts are apart. */
export function appealOf(phone: Phone) {
  const { page, hands } = phone
  const a = (key: AppealKey, values?: Record<string, string>) => appealText(phone.language, key, values)
  const press = (name: string) => hands.press(page.getByRole('button', { name, exact: true }))
  return {
    a,
    press,
    at: async (key: AppealKey) => {
      await page.getByRole('heading', { level: 1, name: a(key), exact: true }).waitFor()
      await checkAccessibility(page)
    },
    /** Picks a file for an item. */
    pick: async (item: string, name: string, mimeType: string, buffer: Buffer) => {
      const chooser = page.waitForEvent('filechooser')
      await press(a('pick', { item }))
      await (await chooser).setFiles({ name, mimeType, buffer })
    },
  }
}

/** Fails the face until no try is left. */
export async function exhaustTries(phone: Phone) {
  for (let left = 4; left > 0; left--) {
    await phone.fails('face_differs', left)
    await phone.press('tryAgain')
    await phone.face()
  }
  await phone.fails('tries_exhausted', 0)
}
