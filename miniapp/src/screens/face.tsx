import { Box, Button } from '@base'
import { platform } from '@platform'
import { useEffect, useReducer } from 'react'
import { api } from '../app/client'
import { useTask, useWords } from '../app/hooks'
import { follow } from '../app/nav'
import { change, current, keep, keptId, useApp } from '../app/store'
import { stopFor } from '../app/trouble'
import { ErrorBox } from '../components/error'
import { Frame } from '../components/frame'
import { Leave } from '../components/leave'
import { ServiceNote } from '../components/service-note'
import { faceNext, resumed } from '../journey/face'
import { afterAttempt, openFace } from '../journey/next'

/** S3: the camera, and what the server learns of it. */
export function Face() {
  const { verification } = useApp()
  const say = useWords()
  const task = useTask()
  const [state, send] = useReducer(faceNext, openFace(verification) ?? keptId('attempt'), resumed)
  const { run } = task
  const id = verification?.id ?? ''

  const begin = async () => {
    send({ is: 'begin' })
    try {
      const { data: attempt } = await api.startFace(id)
      keep('attempt', attempt.attempt_id)
      change({ verification: attempt.verification, attempt })
      send({ is: 'begun', attempt })
      if (attempt.call) {
        const hint = await platform.showFace(attempt.call)
        if (hint === 'unsupported' && stopFor('client_unsupported')) return
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
        change({ verification: attempt.verification, attempt })
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
    keep('attempt', undefined)
    follow(afterAttempt(state.attempt))
  }, [state])

  const words = { asking: 'faceAsking', left: 'faceLeft', pending: 'facePending', showing: 'faceOpened' } as const
  const note = state.step in words ? words[state.step as keyof typeof words] : undefined
  return (
    <Frame title={say('faceTitle')} lead={say('faceLead')}>
      <ServiceNote verification={verification} />
      <Box as="status" className="lead">
        {note && say(note)}
      </Box>
      <ErrorBox task={task} />
      {(state.step === 'ready' || state.step === 'starting') && (
        <Button kind="main" busy={task.busy} onPress={() => run(begin)}>
          {say('faceStart')}
        </Button>
      )}
      {state.step === 'pending' && (
        <Button kind="main" onPress={() => send({ is: 'ask' })}>
          {say('askAgain')}
        </Button>
      )}
      {state.step === 'left' && (
        <Button kind="main" busy={task.busy} onPress={() => run(begin)}>
          {say('again')}
        </Button>
      )}
      {(state.step === 'pending' || (state.step === 'asking' && state.asked > 1)) && (
        <Button busy={task.busy} onPress={() => run(begin)}>
          {say('again')}
        </Button>
      )}
      <Leave verification={current().verification} />
    </Frame>
  )
}
