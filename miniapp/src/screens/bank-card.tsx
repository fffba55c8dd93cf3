import { Button, Field } from '@base'
import { useState } from 'react'
import { applyAttempt } from '../app/attempt'
import { api } from '../app/client'
import { editCard } from '../app/draft'
import { useForm } from '../app/form'
import { useTask, useTranslation } from '../app/hooks'
import { setState, useAppState } from '../app/store'
import { CancelButton } from '../components/cancel-button'
import { ErrorBox } from '../components/error'
import { FormStatus } from '../components/form-status'
import { Page } from '../components/page'
import { Rows } from '../components/rows'
import { ServiceNote } from '../components/service-note'
import { cardDigits, emptyCard, isCardNumber, isPlausiblePhone, maskCard, passesLuhn } from '../journey/bank-card'
import { normalized } from '../journey/number'
import { cardGroups, cardLimit } from '../journey/number-format'

const cardFormat = { clean: cardDigits, groups: cardGroups, limit: cardLimit }
const phoneFormat = { clean: normalized, limit: 30 }

/** The bank card check, the second check of a resident ID. Input is kept in memory for another try. */
export function BankCard() {
  const { verification, cardDraft: draft } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const [shown, setShown] = useState(!isCardNumber(draft.card)) // whether the whole card number is shown, not its mask
  const [doubted, setDoubted] = useState('') // the number that the person was asked to check
  const { card, phone } = draft
  const unlikely = isCardNumber(card) && !passesLuhn(card)

  const form = useForm({
    card: isCardNumber(card) ? undefined : t('cardHint'),
    phone: isPlausiblePhone(phone) ? undefined : t('phoneHint'),
  })
  const check = () => {
    if (!verification) return
    // The person is asked only once, because some valid cards have such a number.
    if (unlikely && doubted !== card) {
      setDoubted(card)
      setShown(true)
      form.focus('card')
      return
    }
    task.run(async () => {
      const { data } = await api.bankCard(verification.id, {
        card: cardDigits(card),
        ...(phone.trim() ? { phone: phone.trim() } : {}),
      })
      if (data.kind !== 'not_passed') setState({ cardDraft: emptyCard })
      applyAttempt(data)
    })
  }
  const submit = () => form.submit(check)
  const cardError = form.error('card') ?? (unlikely && doubted === card ? t('cardDoubt') : undefined)
  return (
    <Page title={t('bankTitle')} lead={t('bankLead')}>
      <ServiceNote verification={verification} />
      {shown || cardError ? (
        <Field
          label={t('card')}
          value={card}
          maxLength={40}
          keyboard="digits"
          format={cardFormat}
          hint={t('cardHint')}
          error={cardError}
          focusOn={form.focusOn('card')}
          onChange={(value) => editCard({ card: value })}
          onEnter={submit}
        />
      ) : (
        <>
          <Rows rows={[{ label: t('card'), value: maskCard(card) }]} />
          <Button kind="quiet" onPress={() => setShown(true)}>
            {t('cardEdit')}
          </Button>
        </>
      )}
      <Field
        label={t('phone')}
        value={phone}
        maxLength={30}
        keyboard="phone"
        format={phoneFormat}
        autoComplete="tel"
        error={form.error('phone')}
        focusOn={form.focusOn('phone')}
        onChange={(value) => editCard({ phone: value })}
        onEnter={submit}
      />
      <FormStatus form={form} />
      <ErrorBox task={task} />
      <Button kind="primary" busy={task.busy} onPress={submit}>
        {t('verify')}
      </Button>
      <CancelButton verification={verification} />
    </Page>
  )
}
