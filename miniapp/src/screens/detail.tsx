import { Box, Button } from '@base'
import { api } from '../app/client'
import { useLoad, useRoute, useShowCount, useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { push } from '../app/navigation'
import { setState } from '../app/store'
import { Content } from '../components/content'
import { Loading } from '../components/error'
import { Page } from '../components/page'
import { formatBeijing } from '../journey/time'

/** S8: the content that the person is asked to confirm. */
export function Detail() {
  const { id = '' } = useRoute()
  const t = useTranslation()
  const { data: todo, task } = useLoad(async () => {
    const { data } = await api.todo(id)
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
      lead={open ? t('answerBy', { time: formatBeijing(todo.expires_at) }) : labelOf(todo.state, t)}
    >
      <Content todo={todo} />
      {open && (
        <Button kind="primary" onPress={() => push({ screen: 'notices', purpose: 'confirm', id })}>
          {t('confirm')}
        </Button>
      )}
      {open && (
        <Button kind="danger" onPress={() => push({ screen: 'refuse', id })}>
          {t('notMine')}
        </Button>
      )}
      <Box className="end" />
    </Page>
  )
}
