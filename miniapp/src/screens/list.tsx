import { Box, Button } from '@base'
import { useEffect, useState } from 'react'
import type { TodoRow } from '../api/types'
import { api } from '../app/client'
import { useLoad, useShown, useTask, useWords } from '../app/hooks'
import { go } from '../app/nav'
import { logOut } from '../app/session'
import { change, keep, keptId, useApp } from '../app/store'
import { ErrorBox, Loading } from '../components/error'
import { Frame } from '../components/frame'
import { Reminder } from '../components/reminder'
import { TodoCard } from '../components/todo-card'
import { placeOfTarget } from '../journey/resume'
import { beijing } from '../journey/time'

interface Page {
  rows: TodoRow[]
  next: string | undefined
}

/** S7: the last seven days. */
export function List() {
  const { session } = useApp()
  const say = useWords()
  const shown = useShown()
  const { data, task } = useLoad(() => pageAfter({ rows: [], next: undefined }), String(shown))
  const [grown, setGrown] = useState<{ from: Page; to: Page }>()
  const more = useTask()
  const page = grown && grown.from === data ? grown.to : data
  const until = session?.access?.until
  useEffect(() => {
    const target = placeOfTarget(keptId('target'))
    keep('target', undefined)
    if (target) go(target)
  }, [])
  return (
    <Frame title={say('listTitle')} lead={say('listLead')} onBack={() => go({ screen: 'entry' })}>
      {until && <Box className="small">{say('listUntil', { time: beijing(until) })}</Box>}
      {page ? <ErrorBox task={task} /> : <Loading task={task} />}
      {page?.rows.length === 0 && <Box className="panel">{say('listEmpty')}</Box>}
      <Box as="list" className="cards">
        {page?.rows.map((row, at) => (
          <Box as="item" key={row.id ?? at}>
            <TodoCard row={row} onOpen={(id) => go({ screen: 'detail', id })} />
          </Box>
        ))}
      </Box>
      <ErrorBox task={more} />
      {data && page?.next && (
        <Button
          busy={more.busy}
          onPress={() => more.run(async () => setGrown({ from: data, to: await pageAfter(page) }))}
        >
          {say('more')}
        </Button>
      )}
      <Reminder />
      <Button kind="quiet" onPress={() => go({ screen: 'records' })}>
        {say('recordsTitle')}
      </Button>
      <Button
        kind="quiet"
        onPress={() =>
          more.run(async () => {
            await logOut()
            change({ message: undefined })
            go({ screen: 'entry' })
          })
        }
      >
        {say('logOut')}
      </Button>
    </Frame>
  )
}

async function pageAfter({ rows, next }: Page): Promise<Page> {
  const { data } = await api.todos(next)
  return { rows: [...rows, ...data.todos], next: data.next_cursor }
}
