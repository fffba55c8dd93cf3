import { Box, Button } from '@base'
import { useRef } from 'react'
import type { Verification } from '../api/types'
import { successorOf } from '../app/changed-todo'
import { api } from '../app/client'
import { useLoad, useRoute, useShowCount, useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { useMessage } from '../app/message'
import { popTo, push, replace } from '../app/navigation'
import { getState, setState, useAppState } from '../app/store'
import { Content } from '../components/content'
import { Loading } from '../components/error'
import { MessageBox } from '../components/message-box'
import { Page } from '../components/page'
import { WindowInstead } from '../components/window-instead'
import { routeToContinue } from '../journey/resume'
import type { Route } from '../journey/route'
import { formatBeijing } from '../journey/time'

/** S8: the content that the person is asked to confirm. Content that another one has replaced leads to that one. */
export function Detail() {
  const { id = '' } = useRoute()
  const { verification } = useAppState()
  const t = useTranslation()
  const [message] = useMessage()
  const wasOpen = useRef(false)
  const { data: todo, task } = useLoad(async () => {
    const { data } = await api.todo(id)
    const successor = data.state === 'superseded' ? await successorOf(data) : undefined
    if (successor) {
      setState({ message: 'contentChanged' })
      replace({ screen: 'detail', id: successor })
      return undefined
    }
    // "Back" from the end of a confirmation passes the content that was answered from this page.
    if ((wasOpen.current || getState().answered === id) && data.kind === 'answered') {
      popTo({ screen: 'list' })
      return undefined
    }
    wasOpen.current = data.kind === 'open'
    setState({ todo: data })
    return data
  }, `${id} ${useShowCount()}`)
  if (!todo)
    return (
      <Page title={t('detailTitle')}>
        <Loading task={task} />
      </Page>
    )
  const open = todo.kind === 'open'
  return (
    <Page
      title={t('detailTitle')}
      steps={open}
      lead={open ? t('answerBy', { time: formatBeijing(todo.expires_at) }) : labelOf(todo.state, t)}
    >
      <MessageBox message={message} />
      <Content todo={todo} />
      {open && (
        <Box className="panel">
          <WindowInstead />
        </Box>
      )}
      {open && (
        <Button kind="primary" onPress={() => push(nextStepOf(verification, id))}>
          {t('confirm')}
        </Button>
      )}
      {open && (
        <Button kind="danger" onPress={() => push({ screen: 'refuse', id })}>
          {t('notMine')}
        </Button>
      )}
      {!open && (
        <Button kind="primary" onPress={() => popTo({ screen: 'list' })}>
          {t('backToList')}
        </Button>
      )}
      <Box className="end" />
    </Page>
  )
}

/** Returns the next step for a to-do: that of a verification already begun for it, or the first one. */
function nextStepOf(verification: Verification | undefined, id: string): Route {
  const begun = verification?.todo_id === id ? routeToContinue({ session: undefined, verification }) : undefined
  return begun ?? { screen: 'notices', purpose: 'confirm', id }
}
