import { Checkbox, Field } from '@base'
import { useTranslation } from '../app/hooks'
import { setState, useAppState } from '../app/store'
import type { Draft } from '../journey/document'

/** Fields for the first and last day of a document's validity, or 长期. */
export function Validity({ error }: { error?: string | undefined }) {
  const { draft } = useAppState()
  const t = useTranslation()
  const set = (part: Partial<Draft>) => setState({ draft: { ...draft, ...part } })
  return (
    <>
      <Field
        label={t('validFrom')}
        value={draft.from}
        maxLength={10}
        hint={t('dateHint')}
        error={error}
        onChange={(from) => set({ from })}
      />
      {!draft.longTerm && (
        <Field
          label={t('validUntil')}
          value={draft.until}
          maxLength={10}
          hint={t('dateHint')}
          onChange={(until) => set({ until })}
        />
      )}
      <Checkbox checked={draft.longTerm} onChange={(longTerm) => set({ longTerm, until: '' })}>
        {t('longTerm')}
      </Checkbox>
    </>
  )
}
