import { Box, Button } from '@base'
import { useFaceCheck } from '../app/face-check'
import { useTranslation } from '../app/hooks'
import { useAppState } from '../app/store'
import { CancelButton } from '../components/cancel-button'
import { ErrorBox } from '../components/error'
import { FaceTips } from '../components/face-tips'
import { Page } from '../components/page'
import { ServiceNote } from '../components/service-note'
import type { FaceState } from '../journey/face'
import type { Key } from '../strings'

const notes: Partial<Record<FaceState['step'], Key>> = {
  asking: 'faceAsking',
  left: 'faceLeft',
  pending: 'facePending',
  showing: 'faceOpened',
}

/** The states in which the camera comes next. */
const withCamera: readonly FaceState['step'][] = ['ready', 'starting', 'left']

/** S3: the face check, from the camera to its result. */
export function Face() {
  const { verification } = useAppState()
  const t = useTranslation()
  const { state, start, begin, query, queryError } = useFaceCheck(verification?.id ?? '')
  const note = notes[state.step]
  const isSlow = state.step === 'pending' || (state.step === 'asking' && state.queries > 1)
  return (
    <Page title={t('faceTitle')} lead={t('faceLead')}>
      <ServiceNote verification={verification} />
      {withCamera.includes(state.step) && <FaceTips />}
      <Box as="status" className="lead">
        {note && t(note)}
      </Box>
      <ErrorBox task={start} />
      <ErrorBox task={{ busy: false, error: queryError, retry: query }} />
      {(state.step === 'ready' || state.step === 'starting') && (
        <Button kind="primary" busy={start.busy} onPress={begin}>
          {t('faceStart')}
        </Button>
      )}
      {state.step === 'pending' && (
        <Button kind="primary" onPress={query}>
          {t('askAgain')}
        </Button>
      )}
      {state.step === 'left' && (
        <Button kind="primary" busy={start.busy} onPress={begin}>
          {t('again')}
        </Button>
      )}
      {isSlow && (
        <Button busy={start.busy} onPress={begin}>
          {t('again')}
        </Button>
      )}
      <CancelButton verification={verification} />
    </Page>
  )
}
