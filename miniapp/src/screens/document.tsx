import { Box, Button } from '@base'
import { useEffect } from 'react'
import { applyAttempt } from '../app/attempt'
import { api } from '../app/client'
import { useTask, useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { popTo } from '../app/navigation'
import { setState, useAppState } from '../app/store'
import { CancelButton } from '../components/cancel-button'
import { ErrorBox } from '../components/error'
import { Page } from '../components/page'
import { ServiceNote } from '../components/service-note'
import { routeOf } from '../journey/next'

const pause = 3000

/** The check of the document with its issuing authority. The screen polls while the server has no result. */
export function DocumentCheck() {
  const { verification, draft } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const { run } = task
  const running = verification?.checks.some(({ check, kind }) => check === 'document' && kind === 'running') ?? false

  useEffect(() => {
    if (!verification || !running) return undefined
    const timer = setTimeout(
      () =>
        run(async () => {
          const { data } = await api.verification(verification.id)
          setState({ verification: data })
          const due = data.failure ? ({ screen: 'failure' } as const) : routeOf(data)
          if (due.screen !== 'document')
            popTo(due.screen === 'photo' || due.screen === 'sign' ? { screen: 'success' } : due)
        }),
      pause,
    )
    return () => clearTimeout(timer)
  }, [verification, running, run])

  const check = async () => {
    if (!verification) return
    const { data } = await api.document(verification.id)
    if (data.kind === 'running') setState({ verification: data.verification, attempt: data })
    else applyAttempt(data)
  }
  return (
    <Page
      title={t('documentTitle')}
      lead={t('documentLead', { type: labelOf(verification?.document.type ?? draft.type, t) })}
    >
      <ServiceNote verification={verification} />
      <Box as="status" className="lead">
        {running && t('facePending')}
      </Box>
      <ErrorBox task={task} />
      <Button kind="primary" busy={task.busy} onPress={() => run(check)}>
        {t(running ? 'askAgain' : 'verify')}
      </Button>
      <CancelButton verification={verification} />
    </Page>
  )
}
