import { Box, Button } from '@base'
import { api } from '../app/client'
import { useTask, useWords } from '../app/hooks'
import { follow, go } from '../app/nav'
import { change, keep, useApp } from '../app/store'
import { ErrorBox } from '../components/error'
import { Frame } from '../components/frame'
import { Remedies } from '../components/remedies'
import { Slip } from '../components/slip'
import { type Trouble, troubleOf, type Way, waysOn } from '../journey/advice'
import { beijing } from '../journey/time'

const names = { again: 'tryAgain', mend: 'mend', home: 'home' } as const

/** S5: why, how often it can be tried, when, and what helps. Every word about it is the server's. */
export function FailureScreen() {
  const { verification, attempt, trouble: stopped } = useApp()
  const say = useWords()
  const task = useTask()
  const trouble = stopped ?? troubleOf(verification, attempt)
  if (!trouble) return <Nothing />
  const ways = waysOn(trouble, stopped && verification?.kind !== 'running' ? undefined : verification)
  const follows = async (to: Way) => {
    if (to.do !== 'again' && verification?.kind === 'running' && !stopped) await api.voidVerification(verification.id)
    if (to.do !== 'again') {
      keep('attempt', undefined)
      change({ verification: undefined })
    }
    change({ attempt: undefined, trouble: undefined })
    follow(to.place)
  }
  const { failure, before } = trouble
  return (
    <Frame title={failure.prompt}>
      <Box as="status" className="panel trouble">
        {before && <Box>{say('lastTry') + before.prompt}</Box>}
        {failure.note && <Box>{failure.note}</Box>}
        <Tries trouble={trouble} />
        <Box className="small">{`${say('why')} · ${failure.cause}`}</Box>
      </Box>
      <Box as="section" className="panel" label={say('whatToDo')}>
        <Box className="strong">{say('whatToDo')}</Box>
        <Remedies failure={failure} />
      </Box>
      <ErrorBox task={task} />
      {ways.map((way, at) => (
        <Button
          key={way.do}
          kind={at === 0 ? 'main' : 'plain'}
          busy={task.busy}
          onPress={() => task.run(() => follows(way))}
        >
          {say(way.do === 'home' && way.place.screen === 'detail' ? 'backToTodo' : names[way.do])}
        </Button>
      ))}
      <Slip failure={failure} />
      <Button kind="quiet" onPress={() => go({ screen: 'support', id: failure.code })}>
        {say('supportTitle')}
      </Button>
    </Frame>
  )
}

function Tries({ trouble }: { trouble: Trouble }) {
  const say = useWords()
  const { triesLeft, nextAt, failure } = trouble
  return (
    <>
      {!failure.counted && failure.retryable && <Box>{say('notCounted')}</Box>}
      {triesLeft !== undefined && <Box className="strong">{say('triesLeft', { n: triesLeft })}</Box>}
      {nextAt && <Box className="strong">{say('nextAt', { time: beijing(nextAt) })}</Box>}
    </>
  )
}

/** A state that this client does not know and that came without a word: the start is always a way. */
function Nothing() {
  const say = useWords()
  return (
    <Frame title={say('somethingWrong')}>
      <Box className="panel">{say('windowAlways')}</Box>
      <Button kind="main" onPress={() => go({ screen: 'entry' })}>
        {say('home')}
      </Button>
      <Button kind="quiet" onPress={() => go({ screen: 'support' })}>
        {say('supportTitle')}
      </Button>
    </Frame>
  )
}
