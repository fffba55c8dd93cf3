import { Box, Button } from '@base'
import { api } from '../app/client'
import { useLoad, usePlace, useShown, useWords } from '../app/hooks'
import { nameOf } from '../app/names'
import { go } from '../app/nav'
import { change } from '../app/store'
import { Content } from '../components/content'
import { Loading } from '../components/error'
import { Frame } from '../components/frame'
import { beijing } from '../journey/time'

/** S8: all that the person is asked to answer for. */
export function Detail() {
  const { id = '' } = usePlace()
  const say = useWords()
  const { data: todo, task } = useLoad(async () => {
    const { data } = await api.todo(id)
    change({ todo: data })
    return data
  }, `${id} ${useShown()}`)
  if (!todo)
    return (
      <Frame title={say('detailTitle')}>
        <Loading task={task} />
      </Frame>
    )
  const open = todo.kind === 'open'
  return (
    <Frame
      title={say('detailTitle')}
      lead={open ? `${say('answerBy')} ${beijing(todo.expires_at)}` : nameOf(todo.state, say)}
    >
      <Content todo={todo} />
      {open && (
        <Button kind="main" onPress={() => go({ screen: 'notices', purpose: 'confirm', id })}>
          {say('confirm')}
        </Button>
      )}
      {open && (
        <Button kind="grave" onPress={() => go({ screen: 'refuse', id })}>
          {say('notMine')}
        </Button>
      )}
      <Box className="end" />
    </Frame>
  )
}
