import { platform } from '@platform'
import { useEffect, useReducer, useState } from 'react'
import { type FaceState, faceReducer, initialFaceState } from '../journey/face'
import { afterAttempt, pendingFaceAttempt } from '../journey/next'
import { api } from './client'
import { type Task, useTask } from './hooks'
import { popTo } from './navigation'
import { handleProblem, showClientFailure } from './problems'
import { getState, persist, persisted, setState } from './store'

export interface FaceCheck {
  state: FaceState
  /** Starts an attempt and shows the camera. */
  start: Task
  /** Starts an attempt, or another one. */
  begin(): void
  /** Queries the result of the attempt now. */
  query(): void
  /** Why the last query failed. */
  queryError: unknown
}

/** Runs the face check of a verification: starts attempts, queries their results and leads to the next screen. */
export function useFaceCheck(id: string): FaceCheck {
  const start = useTask()
  const [queryError, setQueryError] = useState<unknown>()
  const [state, dispatch] = useReducer(
    faceReducer,
    pendingFaceAttempt(getState().verification) ?? persisted('attempt'),
    initialFaceState,
  )

  const begin = async () => {
    setQueryError(undefined)
    dispatch({ type: 'begin' })
    try {
      const { data: attempt } = await api.startFace(id)
      persist('attempt', attempt.attempt_id)
      setState({ verification: attempt.verification, attempt })
      dispatch({ type: 'begun', attempt })
      if (attempt.call) {
        const hint = await platform.startFaceCheck(attempt.call)
        if (hint === 'unsupported' && showClientFailure('client_unsupported')) return
        dispatch(hint === 'elsewhere' ? { type: 'opened' } : { type: 'hint', hint })
      }
    } catch (error) {
      dispatch({ type: 'gave_up' })
      throw error
    }
  }

  // Queries the result at the interval that the server asks for, until there is one or the limit is reached. This is no
  // task: a task does nothing while another run of it is busy, and the screen would wait for ever.
  useEffect(() => {
    if (state.step !== 'asking') return undefined
    let cancelled = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const query = async () => {
      const { data: attempt, retryAfter } = await api.faceResult(id, state.attemptId)
      if (cancelled) return
      setState({ verification: attempt.verification, attempt })
      const answer = () => dispatch({ type: 'answer', attempt })
      if (retryAfter === undefined) answer()
      else timer = setTimeout(answer, retryAfter * 1000)
    }
    setQueryError(undefined)
    query().catch((error: unknown) => {
      if (cancelled) return
      dispatch({ type: 'gave_up' })
      if (!handleProblem(error)) setQueryError(error)
    })
    return () => {
      cancelled = true
      if (timer) clearTimeout(timer)
    }
  }, [state, id])

  useEffect(() => {
    if (state.step !== 'decided') return
    persist('attempt', undefined)
    popTo(afterAttempt(state.attempt))
  }, [state])

  return { state, start, begin: () => start.run(begin), query: () => dispatch({ type: 'ask' }), queryError }
}
