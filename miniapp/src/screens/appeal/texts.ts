import { useCallback } from 'react'
import { useAppState } from '../../app/store'
import { type AppealKey, appealText } from '../../strings/appeal'

/** Returns the translation function for the texts of these screens. */
export function useAppealTexts(): (key: AppealKey, values?: Readonly<Record<string, string | number>>) => string {
  const { language } = useAppState()
  return useCallback((key, values) => appealText(language, key, values), [language])
}
