// What the screens on appointments need of a person.
import { type AppointmentKey, appointmentText } from '../../src/strings/appointment'
import { checkAccessibility } from './axe'
import type { Phone } from './phone'

/** Operates the screens on appointments, whose texts are apart. */
export function appointmentOf(phone: Phone) {
  const { page, hands } = phone
  const a = (key: AppointmentKey, values?: Record<string, string | number>) =>
    appointmentText(phone.language, key, values)
  return {
    a,
    press: (key: AppointmentKey) => hands.press(page.getByRole('button', { name: a(key), exact: true })),
    at: async (key: AppointmentKey) => {
      await page.getByRole('heading', { level: 1, name: a(key), exact: true }).waitFor()
      await checkAccessibility(page)
    },
    /** Chooses the first time of the last day that is offered. */
    choose: async () => {
      const day = page.getByLabel(a('day'))
      await day.waitFor() // the times are read from the server
      const days = await day.getByRole('option').all()
      await hands.select(day, (await days.at(-1)?.getAttribute('value')) ?? '')
      await hands.press(
        page
          .getByRole('region', { name: a('times') })
          .getByRole('button')
          .first(),
      )
    },
  }
}
