import { Box, Button } from '@base'
import { NetworkError, ProblemError } from '../api/errors'
import type { Problem } from '../api/types'
import { type Task, useTask, useTranslation } from '../app/hooks'
import { networkFailure } from '../app/problems'
import { restart, resume } from '../app/resume'
import { useAppState } from '../app/store'
import { nextStepFor } from '../journey/rejection'
import { Remedies } from './remedies'

/** Shows why a task failed, in the server's words if it sent any, and a button for what can help. */
export function ErrorBox({ task }: { task: Pick<Task, 'busy' | 'error' | 'retry'> }) {
  const { elder } = useAppState()
  const t = useTranslation()
  const { error } = task
  if (error === undefined) return null
  if (error instanceof ProblemError) return <ProblemBox problem={error.problem} task={task} />
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

/** Shows a rejection. Trying again is offered only if the same call may succeed then. */
function ProblemBox({ problem, task }: { problem: Problem; task: Pick<Task, 'busy' | 'retry'> }) {
  const { elder } = useAppState()
  const t = useTranslation()
  const leave = useTask()
  const step = nextStepFor(problem)
  const go = { retry: task.retry, resume: () => leave.run(resume), restart: () => leave.run(async () => restart()) }
  return (
    <Box as="alert" className="panel danger">
      <Box className="strong">{problem.title}</Box>
      <Box>{problem.detail}</Box>
      {!elder && <Box className="small">{`${t('reference')} ${problem.request_id}`}</Box>}
      {leave.error !== undefined && <Box>{t('offlineLead')}</Box>}
      {step && (
        <Button busy={task.busy || leave.busy} onPress={go[step]}>
          {t(step === 'retry' ? 'retry' : 'continue')}
        </Button>
      )}
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
