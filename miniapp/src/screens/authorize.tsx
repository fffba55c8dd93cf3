import { Box, Button } from '@base'
import { platform } from '@platform'
import { api } from '../app/client'
import { useTask, useWords } from '../app/hooks'
import { back } from '../app/nav'
import { refresh } from '../app/session'
import { change, current } from '../app/store'
import { ErrorBox } from '../components/error'
import { Frame } from '../components/frame'
import { DeclinedError } from '../platform/platform'

/** Asked at first use; a no costs nothing. */
export function Authorize() {
  const say = useWords()
  const task = useTask()
  const byHand = (message: 'declined' | 'prefillAbsent' | undefined) => {
    change({ message, draft: { ...current().draft, prefilled: false } })
    back({ screen: 'authorize' })
  }
  const allow = async () => {
    const ask = platform.identityCode
    if (!ask) return byHand('prefillAbsent')
    try {
      const { data } = await api.prefill(await ask())
      if (!data.document) return byHand('prefillAbsent')
    } catch (error) {
      if (error instanceof DeclinedError) return byHand('declined')
      throw error
    }
    await refresh()
    change({ draft: { ...current().draft, prefilled: true } })
    back({ screen: 'authorize' })
  }
  return (
    <Frame title={say('authorizeTitle')}>
      <Box className="panel">{say('authorizeBody')}</Box>
      <ErrorBox task={task} />
      <Button kind="main" busy={task.busy} onPress={() => task.run(allow)}>
        {say('allow')}
      </Button>
      <Button onPress={() => byHand('declined')}>{say('typeByHand')}</Button>
    </Frame>
  )
}
