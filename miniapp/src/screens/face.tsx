import { Box, Button } from '@base'
import { platform } from '@platform'
import { useEffect, useReducer } from 'react'
import { api } from '../app/client'
import { useTask, useTranslation } from '../app/hooks'
import { popTo } from '../app/navigation'
import { showClientFailure } from '../app/problems'
import { getState, persist, persisted, setState, useAppState } from '../app/store'
import { CancelButton } from '../components/cancel-button'
import { ErrorBox } from '../components/error'
import { Page } from '../components/page'
import { ServiceNote } from '../components/service-note'
import { faceReducer, initialFaceState } from '../journey/face'
import { afterAttempt, pendingFaceAttempt } from '../journey/next'

/** S3: the camera, and what the server learns of it. */
export function Face() {
  const { verification } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const [state, send] = useReducer(
    faceReducer,
    pendingFaceAttempt(verification) ?? persisted('attempt'),
    initialFaceState,
  )
  const { run } = task
  const id = verification?.id ?? ''

  const begin = async () => {
    send({ is: 'begin' })
    try {
      const { data: attempt } = await api.startFace(id)
      persist('attempt', attempt.attempt_id)
      setState({ verification: attempt.verification, attempt })
      send({ is: 'begun', attempt })
      if (attempt.call) {
        const hint = await platform.startFaceCheck(attempt.call)
        if (hint === 'unsupported' && showClientFailure('client_unsupported')) return
        send(hint === 'elsewhere' ? { is: 'opened' } : { is: 'hint', hint })
      }
    } catch (error) {
      send({ is: 'gave_up' })
      throw error
    }
  }

  // Asks as often as the server allows, until there is an answer or patience ends.
  useEffect(() => {
    if (state.step !== 'asking') return undefined
    let gone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    run(async () => {
      try {
        const { data: attempt, retryAfter } = await api.faceResult(id, state.attemptId)
        if (gone) return
        setState({ verification: attempt.verification, attempt })
        const answer = () => send({ is: 'answer', attempt })
        if (retryAfter === undefined) answer()
        else timer = setTimeout(answer, retryAfter * 1000)
      } catch (error) {
        send({ is: 'gave_up' })
        throw error
      }
    })
    return () => {
      gone = true
      if (timer) clearTimeout(timer)
    }
  }, [state, id, run])

  useEffect(() => {
    if (state.step !== 'decided') return
    persist('attempt', undefined)
    popTo(afterAttempt(state.attempt))
  }, [state])

  const words = { asking: 'faceAsking', left: 'faceLeft', pending: 'facePending', showing: 'faceOpened' } as const
  const note = state.step in words ? words[state.step as keyof typeof words] : undefined
  return (
    <Page title={t('faceTitle')} lead={t('faceLead')}>
      <ServiceNote verification={verification} />
      <Box as="status" className="lead">
        {note && t(note)}
      </Box>
      <ErrorBox task={task} />
      {(state.step === 'ready' || state.step === 'starting') && (
        <Button kind="primary" busy={task.busy} onPress={() => run(begin)}>
          {t('faceStart')}
        </Button>
      )}
      {state.step === 'pending' && (
        <Button kind="primary" onPress={() => send({ is: 'ask' })}>
          {t('askAgain')}
        </Button>
      )}
      {state.step === 'left' && (
        <Button kind="primary" busy={task.busy} onPress={() => run(begin)}>
          {t('again')}
        </Button>
      )}
      {(state.step === 'pending' || (state.step === 'asking' && state.queries > 1)) && (
        <Button busy={task.busy} onPress={() => run(begin)}>
          {t('again')}
        </Button>
      )}
      <CancelButton verification={getState().verification} />
    </Page>
  )
}
