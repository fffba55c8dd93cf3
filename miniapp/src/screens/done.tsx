import { Box, Button } from '@base'
import type { Confirmation } from '../api/types'
import { api } from '../app/client'
import { useLoad, useRoute, useTranslation } from '../app/hooks'
import { popTo, push, replace } from '../app/navigation'
import { Loading } from '../components/error'
import { NextSteps } from '../components/next-steps'
import { Page } from '../components/page'
import { RecordRows } from '../components/record-rows'
import { Reminder } from '../components/reminder'
import { ServiceWindow } from '../components/service-window'

/** The lead by kind of answer. Other kinds are described by the rows alone. */
const leads: Record<string, 'doneConfirmed' | 'doneRefused' | undefined> = { yes: 'doneConfirmed', no: 'doneRefused' }

/** S10 完成核验, and 答复已提交 after a refusal: what was answered, and what happens next. */
export function Done() {
  const { id = '' } = useRoute()
  const t = useTranslation()
  const { data: answer, task } = useLoad(async () => (await api.confirmation(id)).data, id)
  const rest = useRest(answer)
  const toList = () => popTo({ screen: 'list' })
  if (!answer)
    return (
      <Page title={t('doneTitle')} onBack={toList}>
        <Loading task={task} />
      </Page>
    )
  const refused = answer.kind === 'no'
  const lead = leads[answer.kind]
  const next = rest?.next
  return (
    <Page
      title={t(refused ? 'refusedTitle' : 'doneTitle')}
      lead={lead && t(lead)}
      mark={refused ? 'sent' : 'success'}
      steps={!refused}
      onBack={toList}
    >
      {answer.kind === 'yes' && <NextSteps progress={rest?.progress} finished={rest?.finished ?? false} />}
      <RecordRows answer={answer} />
      {refused && (
        <Box className="panel">
          <ServiceWindow />
        </Box>
      )}
      {next?.id && (
        <Button
          kind="primary"
          label={[t('nextTodo'), next.enterprise_name, next.role, next.represented].filter(Boolean).join(' ')}
          onPress={() => replace({ screen: 'detail', id: next.id })}
        >
          {t('nextTodo')}
        </Button>
      )}
      <Button kind={next ? 'plain' : 'primary'} onPress={toList}>
        {t('backToList')}
      </Button>
      <Button onPress={() => push({ screen: 'record', id })}>{t('showReceipt')}</Button>
      <Reminder />
    </Page>
  )
}

/** Loads what is left to do after an answer: in its case, and for this person. The screen is complete without it. */
function useRest(answer: Confirmation | undefined) {
  const todoId = answer?.todo_id ?? ''
  const { data } = useLoad(async () => {
    if (!todoId) return undefined
    const [todo, list] = await Promise.all([
      api.todo(todoId).catch(() => undefined),
      api.todos().catch(() => undefined),
    ])
    const next = list?.data.todos.find(({ id, kind }) => kind === 'open' && id !== undefined && id !== todoId)
    return { progress: todo?.data.progress, next, finished: list !== undefined && !next && !list.data.next_cursor }
  }, todoId)
  return data
}
