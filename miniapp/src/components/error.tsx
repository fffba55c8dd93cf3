import { Box, Button } from '@base'
import { NetworkError, ProblemError } from '../api/errors'
import { type Task, useWords } from '../app/hooks'
import { useApp } from '../app/store'
import { ownFailure } from '../app/trouble'
import { Remedies } from './remedies'

/** What went wrong on this screen, in the server's words where it has any, and the way to try again. */
export function ErrorBox({ task }: { task: Task }) {
  const { elder } = useApp()
  const say = useWords()
  const { error } = task
  if (error === undefined) return null
  if (error instanceof ProblemError) {
    const { title, detail, request_id: id } = error.problem
    return (
      <Box as="alert" className="panel trouble">
        <Box className="strong">{title}</Box>
        <Box>{detail}</Box>
        {!elder && <Box className="small">{`${say('reference')} ${id}`}</Box>}
        <Button busy={task.busy} onPress={task.again}>
          {say('retry')}
        </Button>
      </Box>
    )
  }
  if (!(error instanceof NetworkError)) {
    // the phone did not do what it was asked, such as copying
    return (
      <Box as="alert" className="panel trouble">
        <Box className="strong">{say('somethingWrong')}</Box>
        <Button busy={task.busy} onPress={task.again}>
          {say('retry')}
        </Button>
      </Box>
    )
  }
  const failure = ownFailure(error)
  return (
    <Box as="alert" className="panel trouble">
      <Box className="strong">{failure?.prompt ?? say('offline')}</Box>
      <Box>{say('offlineLead')}</Box>
      {failure && !elder && <Remedies failure={failure} />}
      <Button busy={task.busy} onPress={task.again}>
        {say('retry')}
      </Button>
    </Box>
  )
}

/** A screen's content before it has come, or why it has not. */
export function Loading({ task }: { task: Task }) {
  const say = useWords()
  return task.error === undefined ? (
    <Box as="status" className="lead">
      {say('loading')}
    </Box>
  ) : (
    <ErrorBox task={task} />
  )
}
