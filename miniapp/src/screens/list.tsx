import { Box, Button } from '@base'
import { useEffect, useState } from 'react'
import type { TodoRow } from '../api/types'
import { api } from '../app/client'
import { useLoad, useShowCount, useTask, useTranslation } from '../app/hooks'
import { useMessage } from '../app/message'
import { push } from '../app/navigation'
import { logOut } from '../app/session'
import { getState, persist, persisted, setState, useAppState } from '../app/store'
import { ErrorBox, Loading } from '../components/error'
import { MessageBox } from '../components/message-box'
import { Page } from '../components/page'
import { Remember } from '../components/remember'
import { Reminder } from '../components/reminder'
import { TodoCard } from '../components/todo-card'
import { decodeTarget } from '../journey/resume'
import { formatBeijing } from '../journey/time'

interface TodoPage {
  rows: TodoRow[]
  next: string | undefined
}

/** S7: the to-dos of the last seven days. */
export function List() {
  const { session } = useAppState()
  const [message] = useMessage()
  const t = useTranslation()
  const shown = useShowCount()
  const { data, task } = useLoad(() => pageAfter({ rows: [], next: undefined }), String(shown))
  const [grown, setGrown] = useState<{ from: TodoPage; to: TodoPage }>()
  const more = useTask()
  const page = grown && grown.from === data ? grown.to : data
  const until = session?.access?.until
  // biome-ignore lint/correctness/useExhaustiveDependencies(shown): runs each time the page is shown
  useEffect(() => setState({ answered: undefined }), [shown])
  useEffect(() => {
    const target = decodeTarget(persisted('target'))
    persist('target', undefined)
    if (getState().invitation) push({ screen: 'invited' })
    else if (target) push(target)
  }, [])
  return (
    <Page title={t('listTitle')} lead={t('listLead')} onBack={() => push({ screen: 'entry' })}>
      <MessageBox message={message} />
      {until && <Box className="small">{t('listUntil', { time: formatBeijing(until) })}</Box>}
      {page ? <ErrorBox task={task} /> : <Loading task={task} />}
      {page?.rows.length === 0 && <Box className="panel">{t('listEmpty')}</Box>}
      <Box as="list" className="cards">
        {page?.rows.map((row, at) => (
          <Box as="item" key={row.id ?? at}>
            <TodoCard row={row} onOpen={(id) => push({ screen: 'detail', id })} />
          </Box>
        ))}
      </Box>
      <ErrorBox task={more} />
      {data && page?.next && (
        <Button
          busy={more.busy}
          onPress={() => more.run(async () => setGrown({ from: data, to: await pageAfter(page) }))}
        >
          {t('more')}
        </Button>
      )}
      <Reminder />
      <Remember />
      <Button kind="quiet" onPress={() => push({ screen: 'invited' })}>
        {t('haveCode')}
      </Button>
      <Button kind="quiet" onPress={() => push({ screen: 'records' })}>
        {t('recordsTitle')}
      </Button>
      <Button
        kind="quiet"
        onPress={() =>
          more.run(async () => {
            await logOut()
            setState({ message: undefined })
            push({ screen: 'entry' })
          })
        }
      >
        {t('logOut')}
      </Button>
    </Page>
  )
}

async function pageAfter({ rows, next }: TodoPage): Promise<TodoPage> {
  const { data } = await api.todos(next)
  return { rows: [...rows, ...data.todos], next: data.next_cursor }
}
