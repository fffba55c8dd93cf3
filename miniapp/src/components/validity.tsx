import { Checkbox, DateField } from '@base'
import { editDraft } from '../app/draft'
import type { FieldErrors, Form } from '../app/form'
import { useTranslation } from '../app/hooks'
import { useAppState } from '../app/store'
import type { Draft } from '../journey/document'

/** Returns the errors of the validity. At the start it is optional, but half of it is an error. */
export function useValidityErrors({ from, until, longTerm }: Draft, optional: boolean): FieldErrors {
  const t = useTranslation()
  const missing = (value: string) => (value === '' ? t('required') : undefined)
  if (optional && from === '' && until === '' && !longTerm) return {}
  if (longTerm) return { from: missing(from), until: undefined }
  return {
    from: missing(from),
    until: missing(until) ?? (from !== '' && until <= from ? t('rule_validity') : undefined),
  }
}

/** Fields for the first and last day of a document's validity, or 长期. */
export function Validity({ form }: { form: Form }) {
  const { draft } = useAppState()
  const t = useTranslation()
  // The server reports the rule at the last day, which is absent if there is none.
  const fromError = form.error('from') ?? (draft.longTerm ? form.error('until') : undefined)
  return (
    <>
      <DateField
        label={t('validFrom')}
        value={draft.from}
        hint={t('dateHint')}
        error={fromError}
        focusOn={form.focusOn('from') ?? (draft.longTerm ? form.focusOn('until') : undefined)}
        onChange={(from) => editDraft({ from })}
      />
      {!draft.longTerm && (
        <DateField
          label={t('validUntil')}
          value={draft.until}
          hint={t('dateHint')}
          error={form.error('until')}
          focusOn={form.focusOn('until')}
          onChange={(until) => editDraft({ until })}
        />
      )}
      <Checkbox checked={draft.longTerm} onChange={(longTerm) => editDraft({ longTerm, until: '' })}>
        {t('longTerm')}
      </Checkbox>
    </>
  )
}
