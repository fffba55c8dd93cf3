import { Box, Button } from '@base'
import { NetworkError, ProblemError } from '../api/errors'
import { type Task, useTranslation } from '../app/hooks'
import { networkFailure } from '../app/problems'
import { useAppState } from '../app/store'
import { Remedies } from './remedies'

/** Shows why a task failed, in the server's words if it sent any, and a button to try again. */
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
    // the device failed, for example to copy a text
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

/** Stands in for content that is being loaded, and shows why it could not be loaded. */
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
