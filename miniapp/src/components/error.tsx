import { Box, Button } from '@base'
import { NetworkError, ProblemError } from '../api/errors'
import { type Task, useTranslation } from '../app/hooks'
import { networkFailure } from '../app/problems'
import { useAppState } from '../app/store'
import { Remedies } from './remedies'

/** What went wrong on this screen, in the server's words where it has any, and the way to try again. */
export function ErrorBox({ task }: { task: Pick<Task, 'busy' | 'error' | 'retry'> }) {
  const { elder } = useAppState()
  const t = useTranslation()
  const { error } = task
  if (error === undefined) return null
  if (error instanceof ProblemError) {
    const { title, detail, request_id: id } = error.problem
    return (
      <Box as="alert" className="panel danger">
        <Box className="strong">{title}</Box>
        <Box>{detail}</Box>
        {!elder && <Box className="small">{`${t('reference')} ${id}`}</Box>}
        <Button busy={task.busy} onPress={task.retry}>
          {t('retry')}
        </Button>
      </Box>
    )
  }
  if (!(error instanceof NetworkError)) {
    // the phone did not do what it was asked, such as copying
    return (
      <Box as="alert" className="panel danger">
        <Box className="strong">{t('somethingWrong')}</Box>
        <Button busy={task.busy} onPress={task.retry}>
          {t('retry')}
        </Button>
      </Box>
    )
  }
  const failure = networkFailure(error)
  return (
    <Box as="alert" className="panel danger">
      <Box className="strong">{failure?.prompt ?? t('offline')}</Box>
      <Box>{t('offlineLead')}</Box>
      {failure && !elder && <Remedies failure={failure} />}
      <Button busy={task.busy} onPress={task.retry}>
        {t('retry')}
      </Button>
    </Box>
  )
}

/** A screen's content before it has come, or why it has not. */
export function Loading({ task }: { task: Task }) {
  const t = useTranslation()
  return task.error === undefined ? (
    <Box as="status" className="lead">
      {t('loading')}
    </Box>
  ) : (
    <ErrorBox task={task} />
  )
}
