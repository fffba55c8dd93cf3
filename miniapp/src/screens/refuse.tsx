import { Box, Button, Checkbox } from '@base'
import { useState } from 'react'
import type { RefusalReason } from '../api/types'
import { boundToContent } from '../app/changed-todo'
import { api } from '../app/client'
import { orExistingAnswer } from '../app/existing-answer'
import { useLoad, useRoute, useTask, useTranslation } from '../app/hooks'
import { goBack, replace } from '../app/navigation'
import { getState, setState } from '../app/store'
import { ErrorBox, Loading } from '../components/error'
import { Page } from '../components/page'

const reasons: readonly { value: RefusalReason; key: 'not_mine' | 'content_wrong' | 'not_agreed' | 'reasonOther' }[] = [
  { value: 'not_mine', key: 'not_mine' },
  { value: 'content_wrong', key: 'content_wrong' },
  { value: 'not_agreed', key: 'not_agreed' },
  { value: 'other', key: 'reasonOther' },
]

/** 不是我办的: declines a to-do with a reason. */
export function Refuse() {
  const route = useRoute()
  const { id = '' } = route
  const t = useTranslation()
  const send = useTask()
  const [reason, setReason] = useState<RefusalReason>()
  const { data: todo, task } = useLoad(async () => {
    const shown = getState().todo
    return shown?.id === id ? shown : (await api.todo(id)).data
  }, id)
  const refuse = async () => {
    if (!todo || !reason) return
    const { revision, content_digest } = todo
    const answer = await orExistingAnswer(
      async () => (await api.refuse(id, { revision, content_digest, reason })).data.id,
    )
    setState({ answered: id })
    replace({ screen: 'done', id: answer })
  }
  if (!todo)
    return (
      <Page title={t('refuseTitle')}>
        <Loading task={task} />
      </Page>
    )
  return (
    <Page title={t('refuseTitle')} lead={t('refuseLead')}>
      <Box className="panel">
        <Box className="strong">{todo.content.header.enterprise_name}</Box>
        <Box>{todo.content.role}</Box>
        {todo.content.represents && <Box>{`${t('represented')} ${todo.content.represents.enterprise_name}`}</Box>}
        {reasons.map(({ value, key }) => (
          <Checkbox key={value} radioGroup="reason" checked={reason === value} onChange={() => setReason(value)}>
            {t(key)}
          </Checkbox>
        ))}
      </Box>
      <ErrorBox task={send} />
      <Button
        kind="danger"
        busy={send.busy}
        disabled={!reason}
        onPress={() => send.run(() => boundToContent(id, refuse))}
      >
        {t('refuseSubmit')}
      </Button>
      <Button onPress={() => goBack(route)}>{t('cancel')}</Button>
    </Page>
  )
}
