import { Box, Button } from '@base'
import { api } from '../app/client'
import { useTask, useTranslation } from '../app/hooks'
import { popTo, push } from '../app/navigation'
import { persist, setState, useAppState } from '../app/store'
import { ErrorBox } from '../components/error'
import { Page } from '../components/page'
import { Remedies } from '../components/remedies'
import { WindowSlip } from '../components/window-slip'
import { type Action, actionsFor, type FailureDetails, failureDetailsOf } from '../journey/failure'
import { formatBeijing } from '../journey/time'

const names = { again: 'tryAgain', mend: 'mend', home: 'home' } as const

/** S5: why, how often it can be tried, when, and what helps. Every word about it is the server's. */
export function FailureScreen() {
  const { verification, attempt, blocked: stopped } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const trouble = stopped ?? failureDetailsOf(verification, attempt)
  if (!trouble) return <Nothing />
  const ways = actionsFor(trouble, stopped && verification?.kind !== 'running' ? undefined : verification)
  const follows = async (to: Action) => {
    if (to.do !== 'again' && verification?.kind === 'running' && !stopped) await api.voidVerification(verification.id)
    if (to.do !== 'again') {
      persist('attempt', undefined)
      setState({ verification: undefined })
    }
    setState({ attempt: undefined, blocked: undefined })
    popTo(to.route)
  }
  const { failure, previous } = trouble
  return (
    <Page title={failure.prompt}>
      <Box as="status" className="panel danger">
        {previous && <Box>{t('lastTry') + previous.prompt}</Box>}
        {failure.note && <Box>{failure.note}</Box>}
        <Tries trouble={trouble} />
        <Box className="small">{`${t('why')} · ${failure.cause}`}</Box>
      </Box>
      <Box as="section" className="panel" label={t('whatToDo')}>
        <Box className="strong">{t('whatToDo')}</Box>
        <Remedies failure={failure} />
      </Box>
      <ErrorBox task={task} />
      {ways.map((way, at) => (
        <Button
          key={way.do}
          kind={at === 0 ? 'primary' : 'plain'}
          busy={task.busy}
          onPress={() => task.run(() => follows(way))}
        >
          {t(way.do === 'home' && way.route.screen === 'detail' ? 'backToTodo' : names[way.do])}
        </Button>
      ))}
      <WindowSlip failure={failure} />
      <Button kind="quiet" onPress={() => push({ screen: 'support', id: failure.code })}>
        {t('supportTitle')}
      </Button>
    </Page>
  )
}

function Tries({ trouble }: { trouble: FailureDetails }) {
  const t = useTranslation()
  const { triesLeft, nextAt, failure } = trouble
  const isFree = failure.retryable && !failure.counted
  return (
    <>
      {isFree && <Box>{t('notCounted')}</Box>}
      {!isFree && triesLeft !== undefined && <Box className="strong">{t('triesLeft', { n: triesLeft })}</Box>}
      {nextAt && <Box className="strong">{t('nextAt', { time: formatBeijing(nextAt) })}</Box>}
    </>
  )
}

/** A state that this client does not know and that came without a word: the start is always a way. */
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
