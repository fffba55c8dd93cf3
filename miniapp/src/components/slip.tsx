import { Box, Button } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import type { Failure } from '../api/types'
import { useTask, useWords } from '../app/hooks'
import { slipCode, slipText } from '../journey/slip'
import { beijing } from '../journey/time'
import { ErrorBox } from './error'

/** What to bring to the service window: nothing personal is on it. On the web it is what the page prints. */
export function Slip({ failure }: { failure: Failure }) {
  const say = useWords()
  const task = useTask()
  const [now] = useState(() => new Date())
  const [copied, setCopied] = useState(false)
  const code = slipCode(failure)
  if (!code) return null
  const keep = async () => setCopied((await platform.keepText(slipText(failure, say('title'), now))) === 'copied')
  return (
    <Box as="section" className="panel slip" label={say('slip')}>
      <Box className="strong">{say('slip')}</Box>
      <Box className="print-only">{`${say('title')} · ${failure.prompt}`}</Box>
      <Box>{`${say('slipCode')} ${code}`}</Box>
      <Box className="small">{`${failure.code} · ${beijing(now.toISOString())}`}</Box>
      <ErrorBox task={task} />
      <Box as="status" className="small">
        {copied && say('copied')}
      </Box>
      <Button kind="quiet" onPress={() => task.run(keep)}>
        {say('slipKeep')}
      </Button>
    </Box>
  )
}
