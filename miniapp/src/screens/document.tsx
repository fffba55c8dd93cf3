import { Box, Button } from '@base'
import { useEffect } from 'react'
import { take } from '../app/attempt'
import { api } from '../app/client'
import { useTask, useWords } from '../app/hooks'
import { follow } from '../app/nav'
import { change, useApp } from '../app/store'
import { ErrorBox } from '../components/error'
import { Frame } from '../components/frame'
import { Leave } from '../components/leave'
import { ServiceNote } from '../components/service-note'
import { placeOf } from '../journey/next'

const pause = 3000

/** The document with the authority that issued it; the server goes on asking while there is no answer. */
export function DocumentCheck() {
  const { verification } = useApp()
  const say = useWords()
  const task = useTask()
  const { run } = task
  const running = verification?.checks.some(({ check, kind }) => check === 'document' && kind === 'running') ?? false

  useEffect(() => {
    if (!verification || !running) return undefined
    const timer = setTimeout(
      () =>
        run(async () => {
          const { data } = await api.verification(verification.id)
          change({ verification: data })
          const due = data.failure ? ({ screen: 'failure' } as const) : placeOf(data)
          if (due.screen !== 'document')
            follow(due.screen === 'photo' || due.screen === 'sign' ? { screen: 'success' } : due)
        }),
      pause,
    )
    return () => clearTimeout(timer)
  }, [verification, running, run])

  const check = async () => {
    if (!verification) return
    const { data } = await api.document(verification.id)
    if (data.kind === 'running') change({ verification: data.verification, attempt: data })
    else take(data)
  }
  return (
    <Frame title={say('documentTitle')} lead={say('documentLead')}>
      <ServiceNote verification={verification} />
      <Box as="status" className="lead">
        {running && say('facePending')}
      </Box>
      <ErrorBox task={task} />
      <Button kind="main" busy={task.busy} onPress={() => run(check)}>
        {say(running ? 'askAgain' : 'verify')}
      </Button>
      <Leave verification={verification} />
    </Frame>
  )
}
