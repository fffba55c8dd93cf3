import { Box } from '@base'
import { useRoute, useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { useAppState } from '../app/store'
import { stepsOf } from '../journey/steps'

/** Shows the steps of the journey, and the place that the person is at. Shows nothing on screens beside the journey. */
export function Steps() {
  const route = useRoute()
  const { draft, session, verification } = useAppState()
  const t = useTranslation()
  const steps = stepsOf(route, { session, verification, documentType: draft.type })
  if (!steps) return null
  const { names, current } = steps
  return (
    <Box as="ordered" className="steps" label={t('stepsLabel', { n: current + 1, all: names.length })}>
      {names.map((name, at) => (
        <Box
          as="item"
          key={name}
          className={`step${at < current ? ' past' : at === current ? ' current' : ''}`}
          current={at === current}
        >
          <Box className="step-mark">{at < current ? '✓' : at + 1}</Box>
          <Box className="step-name">{labelOf(name, t, 'step_')}</Box>
        </Box>
      ))}
    </Box>
  )
}
