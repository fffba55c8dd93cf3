import { Box, Button, Tick } from '@base'
import { useState } from 'react'
import type { RefusalReason } from '../api/types'
import { answeredBefore } from '../app/answered'
import { api } from '../app/client'
import { useLoad, usePlace, useTask, useWords } from '../app/hooks'
import { back, swap } from '../app/nav'
import { current } from '../app/store'
import { ErrorBox, Loading } from '../components/error'
import { Frame } from '../components/frame'

const reasons: readonly { value: RefusalReason; key: 'not_mine' | 'content_wrong' | 'not_agreed' | 'reasonOther' }[] = [
  { value: 'not_mine', key: 'not_mine' },
  { value: 'content_wrong', key: 'content_wrong' },
  { value: 'not_agreed', key: 'not_agreed' },
  { value: 'other', key: 'reasonOther' },
]

/** 不是我办的: as easy as confirming, and one deliberate press. */
export function Refuse() {
  const place = usePlace()
  const { id = '' } = place
  const say = useWords()
  const send = useTask()
  const [reason, setReason] = useState<RefusalReason>()
  const { data: todo, task } = useLoad(async () => {
    const shown = current().todo
    return shown?.id === id ? shown : (await api.todo(id)).data
  }, id)
  const refuse = () =>
    send.run(async () => {
      if (!todo || !reason) return
      const { revision, content_digest } = todo
      const answer = await answeredBefore(
        async () => (await api.refuse(id, { revision, content_digest, reason })).data.id,
      )
      swap({ screen: 'done', id: answer })
    })
  if (!todo)
    return (
      <Frame title={say('refuseTitle')}>
        <Loading task={task} />
      </Frame>
    )
  return (
    <Frame title={say('refuseTitle')} lead={say('refuseLead')}>
      <Box className="panel">
        <Box className="strong">{todo.content.header.enterprise_name}</Box>
        <Box>{todo.content.role}</Box>
        {todo.content.represents && <Box>{`${say('represented')} ${todo.content.represents.enterprise_name}`}</Box>}
        {reasons.map(({ value, key }) => (
          <Tick key={value} single="reason" ticked={reason === value} onChange={() => setReason(value)}>
            {say(key)}
          </Tick>
        ))}
      </Box>
      <ErrorBox task={send} />
      <Button kind="grave" busy={send.busy} disabled={!reason} onPress={refuse}>
        {say('refuseSubmit')}
      </Button>
      <Button onPress={() => back(place)}>{say('cancel')}</Button>
    </Frame>
  )
}
