import { Box, Button, Field } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import type { MaskedDocument } from '../api/types'
import { useTranslation } from '../app/hooks'
import { push } from '../app/navigation'
import { setState, useAppState } from '../app/store'
import { Rows } from '../components/rows'
import { Validity } from '../components/validity'
import type { Draft } from '../journey/document'
import { isIncomplete, numberError } from '../journey/number'

/** Reports whether a field is empty or the number is certainly wrong. The server checks everything else. */
export function missing(draft: Draft): boolean {
  return draft.name.trim() === '' || draft.number.trim() === '' || numberError(draft.type, draft.number) !== undefined
}

interface Props {
  prefill: MaskedDocument | undefined
  tried: boolean
  onEnter: () => void
}

/** The fields for name and number, or the document of the account. */
export function DocumentFields({ prefill, tried, onEnter }: Props) {
  const { draft, session } = useAppState()
  const t = useTranslation()
  const [validity, setValidity] = useState(draft.from !== '')
  const set = (part: Partial<Draft>) => setState({ draft: { ...draft, ...part } })
  const required = (value: string) => (tried && value.trim() === '' ? t('required') : undefined)
  const fault = draft.number.trim() === '' ? undefined : numberError(draft.type, draft.number)
  const told =
    fault && (tried || !isIncomplete(draft.type, draft.number)) ? t(fault, { type: t(draft.type) }) : undefined
  if (prefill) {
    return (
      <>
        <Rows
          title={t('prefilled')}
          rows={[
            { label: t('name'), value: prefill.name_masked },
            { label: t('number'), value: prefill.number_masked },
          ]}
        />
        <Button kind="quiet" onPress={() => set({ prefilled: false })}>
          {t('typeByHand')}
        </Button>
      </>
    )
  }
  const offered = draft.type === 'resident_id' && session && platform.requestIdentityCode
  return (
    <>
      {offered && (
        <Box className="offer">
          <Button onPress={() => (session.prefill ? set({ prefilled: true }) : push({ screen: 'authorize' }))}>
            {t('usePrefill')}
          </Button>
          <Box className="small">{t('prefillLead')}</Box>
        </Box>
      )}
      <Field
        label={t('name')}
        placeholder={t('namePlaceholder')}
        value={draft.name}
        maxLength={100}
        error={required(draft.name)}
        autoComplete="name"
        onChange={(name) => set({ name })}
      />
      <Field
        label={t('number')}
        placeholder={t('numberPlaceholder')}
        value={draft.number}
        maxLength={64}
        error={required(draft.number) ?? told}
        onChange={(number) => set({ number })}
        onEnter={onEnter}
      />
      {validity ? (
        <Validity />
      ) : (
        <Button kind="quiet" onPress={() => setValidity(true)}>
          {t('validityAsk')}
        </Button>
      )}
    </>
  )
}
