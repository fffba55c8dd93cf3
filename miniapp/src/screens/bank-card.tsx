import { Button, Field } from '@base'
import { useState } from 'react'
import { applyAttempt } from '../app/attempt'
import { api } from '../app/client'
import { useTask, useTranslation } from '../app/hooks'
import { setState, useAppState } from '../app/store'
import { CancelButton } from '../components/cancel-button'
import { ErrorBox } from '../components/error'
import { Page } from '../components/page'
import { Rows } from '../components/rows'
import { ServiceNote } from '../components/service-note'
import { cardDigits, emptyCard, isCardNumber, isPlausiblePhone, maskCard, passesLuhn } from '../journey/bank-card'

/** The bank card check, the second check of a resident ID. Input is kept in memory for another try. */
export function BankCard() {
  const { verification, cardDraft: draft } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const [shown, setShown] = useState(draft.card === '') // whether the whole card number is shown, not its mask
  const [tried, setTried] = useState(false)
  const [doubted, setDoubted] = useState('') // the number that the person was asked to check
  const { card, phone } = draft
  const set = (part: Partial<typeof draft>) => setState({ cardDraft: { ...draft, ...part } })
  const unlikely = isCardNumber(card) && !passesLuhn(card)

  const check = () => {
    setTried(true)
    if (!isCardNumber(card) || !isPlausiblePhone(phone) || !verification) return
    // The person is asked only once, because some valid cards have such a number.
    if (unlikely && doubted !== card) {
      setDoubted(card)
      setShown(true)
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
  const wrong = tried && !isCardNumber(card) ? t('cardHint') : unlikely && doubted === card ? t('cardDoubt') : undefined
  return (
    <Page title={t('bankTitle')} lead={t('bankLead')}>
      <ServiceNote verification={verification} />
      {shown ? (
        <Field
          label={t('card')}
          value={card}
          maxLength={40}
          digits
          hint={t('cardHint')}
          error={wrong}
          onChange={(value) => set({ card: value })}
          onEnter={check}
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
        digits
        error={tried && !isPlausiblePhone(phone) ? t('phoneHint') : undefined}
        onChange={(value) => set({ phone: value })}
        onEnter={check}
      />
      <ErrorBox task={task} />
      <Button kind="primary" busy={task.busy} onPress={check}>
        {t('verify')}
      </Button>
      <CancelButton verification={verification} />
    </Page>
  )
}
