import { useCallback } from 'react'
import { useAppState } from '../../app/store'
import { type AppointmentKey, appointmentText } from '../../strings/appointment'

export type Texts = (key: AppointmentKey, values?: Readonly<Record<string, string | number>>) => string

/** Returns the translation function for the texts of these screens. */
export function useAppointmentTexts(): Texts {
  const { language } = useAppState()
  return useCallback((key, values) => appointmentText(language, key, values), [language])
}
