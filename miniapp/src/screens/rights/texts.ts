import { useCallback } from 'react'
import { useAppState } from '../../app/store'
import { type RightsKey, rightsText } from '../../strings/rights'

/** Returns the translation function for the texts of these screens. */
export function useRightsTexts(): (key: RightsKey, values?: Readonly<Record<string, string | number>>) => string {
  const { language } = useAppState()
  return useCallback((key, values) => rightsText(language, key, values), [language])
}
