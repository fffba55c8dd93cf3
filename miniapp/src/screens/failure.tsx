import { Box, Button } from '@base'
import { api } from '../app/client'
import { useTask, useTranslation } from '../app/hooks'
import { popTo, push } from '../app/navigation'
import { persist, setState, useAppState } from '../app/store'
import { ErrorBox } from '../components/error'
import { Page } from '../components/page'
import { Remedies } from '../components/remedies'
import { WindowSlip } from '../components/window-slip'
import { type Action, actionsFor, failureDetailsOf, leadsToWindow, triesToShow } from '../journey/failure'
import { formatBeijing } from '../journey/time'

const names = { retry: 'tryAgain', query: 'askAgain', correct: 'correct', lift: 'liftFreeze', home: 'home' } as const

/** S5: the cause of a failure, the tries left, the time of the next one, and remedies. The texts come from the server. */
export function FailureScreen() {
  const { verification, attempt, blocked: stopped } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const details = stopped ?? failureDetailsOf(verification, attempt)
  if (!details) return <Nothing />
  const actions = actionsFor(details, stopped && verification?.kind !== 'running' ? undefined : verification)
  const perform = async (action: Action) => {
    const goesOn = action.kind === 'retry' || action.kind === 'query'
    if (!goesOn && verification?.kind === 'running' && !stopped) await api.voidVerification(verification.id)
    if (!goesOn) {
      persist('attempt', undefined)
      setState({ verification: undefined })
    }
    setState({ attempt: undefined, blocked: undefined, lifting: action.kind === 'lift' })
    popTo(action.route)
  }
  const { failure, previous, nextAt } = details
  const triesLeft = triesToShow(details, actions)
  const toWindow = leadsToWindow(failure, actions)
  return (
    <Page title={failure.prompt}>
      <Box as="status" className="panel danger">
        {previous && <Box>{t('lastTry') + previous.prompt}</Box>}
        {failure.note && <Box>{failure.note}</Box>}
        {triesLeft !== undefined && <Box className="strong">{t('triesLeft', { n: triesLeft })}</Box>}
        {nextAt && <Box className="strong">{t('nextAt', { time: formatBeijing(nextAt) })}</Box>}
        <Box className="small">{`${t('why')} · ${failure.cause}`}</Box>
      </Box>
      <Box as="section" className="panel" label={t('whatToDo')}>
        <Box className="strong">{t('whatToDo')}</Box>
        <Remedies failure={failure} />
      </Box>
      {toWindow && <WindowSlip failure={failure} main />}
      <ErrorBox task={task} />
      {actions.map((action, at) => (
        <Button
          key={action.kind}
          kind={at === 0 && !toWindow ? 'primary' : 'plain'}
          busy={task.busy}
          onPress={() => task.run(() => perform(action))}
        >
          {t(action.kind === 'home' && action.route.screen === 'detail' ? 'backToTodo' : names[action.kind])}
        </Button>
      ))}
      {!toWindow && <WindowSlip failure={failure} />}
      {(!failure.retryable || triesLeft === 0) && (
        <Button kind="quiet" onPress={() => push({ screen: 'appealNew', id: failure.code })}>
          {t('appealTitle')}
        </Button>
      )}
      <Button kind="quiet" onPress={() => push({ screen: 'support', id: failure.code })}>
        {t('supportTitle')}
      </Button>
    </Page>
  )
}

/** Shown for an unknown state without a failure. The person can always return to the home page. */
function Nothing() {
  const t = useTranslation()
  return (
    <Page title={t('somethingWrong')}>
      <Box className="panel">{t('windowAlways')}</Box>
      <Button kind="primary" onPress={() => push({ screen: 'entry' })}>
        {t('home')}
      </Button>
      <Button kind="quiet" onPress={() => push({ screen: 'support' })}>
        {t('supportTitle')}
      </Button>
    </Page>
  )
}
