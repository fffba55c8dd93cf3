import { useState } from 'react'
import { Box, Button, Field } from '@base'
import { take } from '../app/attempt'
import { api } from '../app/client'
import { useTask, useWords } from '../app/hooks'
import { useApp } from '../app/store'
import { ErrorBox } from '../components/error'
import { Frame } from '../components/frame'
import { Leave } from '../components/leave'

/** The second check of a resident ID. What is typed here is gone with the screen. */
export function BankCard() {
  const { verification } = useApp()
  const say = useWords()
  const task = useTask()
  const [card, setCard] = useState('')
  const [phone, setPhone] = useState('')
  const [tried, setTried] = useState(false)
  const digits = card.replace(/\D/g, '')
  const wrong = digits.length < 13 || digits.length > 19
  const check = () => {
    setTried(true)
    if (wrong || !verification) return
    task.run(async () => {
      const { data } = await api.bankCard(verification.id, { card: digits, ...(phone.trim() ? { phone: phone.trim() } : {}) })
      take(data)
    })
  }
  return (
    <Frame title={say('bankTitle')} lead={say('bankLead')}>
      {verification?.next?.note && <Box className="panel info">{verification.next.note}</Box>}
      <Field
        label={say('card')} value={card} maxLength={30} digits hint={say('cardHint')} error={tried && wrong ? say('cardHint') : undefined}
        onChange={setCard} onEnter={check}
      />
      <Field label={say('phone')} value={phone} maxLength={20} digits onChange={setPhone} onEnter={check} />
      <ErrorBox task={task} />
      <Button kind="main" busy={task.busy} onPress={check}>{say('verify')}</Button>
      <Leave verification={verification} />
    </Frame>
  )
}
