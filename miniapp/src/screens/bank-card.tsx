import { Button, Field } from '@base'
import { useState } from 'react'
import { take } from '../app/attempt'
import { api } from '../app/client'
import { useTask, useWords } from '../app/hooks'
import { change, useApp } from '../app/store'
import { ErrorBox } from '../components/error'
import { Frame } from '../components/frame'
import { Leave } from '../components/leave'
import { Rows } from '../components/rows'
import { ServiceNote } from '../components/service-note'
import { cardDigits, emptyCard, fitsLuhn, isCard, maskedCard, mayBePhone } from '../journey/card'

/** The second check of a resident ID. What was typed is kept in memory for another try. */
export function BankCard() {
  const { verification, card: draft } = useApp()
  const say = useWords()
  const task = useTask()
  const [shown, setShown] = useState(draft.card === '') // whether the whole card number is shown, not its mask
  const [tried, setTried] = useState(false)
  const [doubted, setDoubted] = useState('') // the number about which the person was asked whether it is mistyped
  const { card, phone } = draft
  const set = (part: Partial<typeof draft>) => change({ card: { ...draft, ...part } })
  const unlikely = isCard(card) && !fitsLuhn(card)

  const check = () => {
    setTried(true)
    if (!isCard(card) || !mayBePhone(phone) || !verification) return
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
      if (data.kind !== 'not_passed') change({ card: emptyCard })
      take(data)
    })
  }
  const wrong = tried && !isCard(card) ? say('cardHint') : unlikely && doubted === card ? say('cardDoubt') : undefined
  return (
    <Frame title={say('bankTitle')} lead={say('bankLead')}>
      <ServiceNote verification={verification} />
      {shown ? (
        <Field
          label={say('card')}
          value={card}
          maxLength={40}
          digits
          hint={say('cardHint')}
          error={wrong}
          onChange={(value) => set({ card: value })}
          onEnter={check}
        />
      ) : (
        <>
          <Rows rows={[{ label: say('card'), value: maskedCard(card) }]} />
          <Button kind="quiet" onPress={() => setShown(true)}>
            {say('cardEdit')}
          </Button>
        </>
      )}
      <Field
        label={say('phone')}
        value={phone}
        maxLength={30}
        digits
        error={tried && !mayBePhone(phone) ? say('phoneHint') : undefined}
        onChange={(value) => set({ phone: value })}
        onEnter={check}
      />
      <ErrorBox task={task} />
      <Button kind="main" busy={task.busy} onPress={check}>
        {say('verify')}
      </Button>
      <Leave verification={verification} />
    </Frame>
  )
}
