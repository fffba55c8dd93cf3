import { Box, Button, Field } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import type { MaskedDocument } from '../api/types'
import { editDraft } from '../app/draft'
import { type Form, useForm } from '../app/form'
import { useTranslation } from '../app/hooks'
import { push } from '../app/navigation'
import { type Message, useAppState } from '../app/store'
import { FormStatus } from '../components/form-status'
import { RememberedOffer } from '../components/remembered-offer'
import { Rows } from '../components/rows'
import { useValidityErrors, Validity } from '../components/validity'
import { isIncomplete, normalized, numberError } from '../journey/number'
import { numberFormats } from '../journey/number-format'

interface Props {
  prefill: MaskedDocument | undefined
  form: Form
  onEnter: () => void
  onMessage: (message: Message) => void
}

/** Returns the state of the form. The server checks what is not certainly wrong. */
export function useDocumentForm(): Form {
  const { draft } = useAppState()
  const { type, name, number } = draft
  const t = useTranslation()
  const required = (value: string) => (value.trim() === '' ? t('required') : undefined)
  const wrong = number === '' ? undefined : numberError(type, number)
  const errors = {
    name: required(name),
    number: required(number) ?? (wrong && t(wrong, { type: t(type) })),
    ...useValidityErrors(draft, true),
  }
  return useForm(errors, wrong && !isIncomplete(type, number) ? ['number'] : [])
}

/** The fields for name and number, or the document of the account. */
export function DocumentFields({ prefill, form, onEnter, onMessage }: Props) {
  const { draft, session } = useAppState()
  const t = useTranslation()
  const [opened, setOpened] = useState(false)
  const validity =
    opened || draft.from !== '' || draft.until !== '' || draft.longTerm || form.error('until') !== undefined
  if (prefill) {
    return (
      <>
        <Rows
          title={t(session?.prefill_from === 'remembered' ? 'rememberedTitle' : 'prefilled')}
          rows={[
            { label: t('name'), value: prefill.name_masked },
            { label: t('number'), value: prefill.number_masked },
          ]}
        />
        <Button kind="quiet" onPress={() => editDraft({ prefilled: false })}>
          {t('typeByHand')}
        </Button>
      </>
    )
  }
  const { limit, groups, idKeyboard, hint } = numberFormats[draft.type]
  const offered = draft.type === 'resident_id' && session && platform.requestIdentityCode
  return (
    <>
      <RememberedOffer onMessage={onMessage} />
      {offered && (
        <Box className="offer">
          <Button
            onPress={() =>
              session.prefill && session.prefill_from !== 'remembered'
                ? editDraft({ prefilled: true })
                : push({ screen: 'authorize' })
            }
          >
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
        error={form.error('name')}
        focusOn={form.focusOn('name')}
        autoComplete="name"
        onChange={(name) => editDraft({ name })}
        onEnter={onEnter}
      />
      <Field
        label={t('number')}
        placeholder={t('numberPlaceholder')}
        value={draft.number}
        maxLength={64}
        keyboard={idKeyboard ? 'id' : undefined}
        format={{ clean: normalized, groups, limit }}
        hint={t(hint)}
        error={form.error('number')}
        focusOn={form.focusOn('number')}
        onChange={(number) => editDraft({ number })}
        onEnter={onEnter}
      />
      {validity ? (
        <Validity form={form} />
      ) : (
        <Button kind="quiet" onPress={() => setOpened(true)}>
          {t('validityAsk')}
        </Button>
      )}
      <FormStatus form={form} />
    </>
  )
}
