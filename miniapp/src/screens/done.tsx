import { Box, Button } from '@base'
import { api } from '../app/client'
import { useLoad, usePlace, useWords } from '../app/hooks'
import { follow, go } from '../app/nav'
import { useApp } from '../app/store'
import { Loading } from '../components/error'
import { Frame } from '../components/frame'
import { RecordRows } from '../components/record-rows'
import { Reminder } from '../components/reminder'

/** What the person is told, by the kind of the answer; the rows say all of an answer given elsewhere. */
const leads: Record<string, 'doneConfirmed' | 'doneRefused' | undefined> = { yes: 'doneConfirmed', no: 'doneRefused' }

/** S10 完成核验, and 答复已提交 after a refusal. */
export function Done() {
  const { id = '' } = usePlace()
  const say = useWords()
  const { data: answer, task } = useLoad(async () => (await api.confirmation(id)).data, id)
  const toList = () => follow({ screen: 'list' })
  if (!answer)
    return (
      <Frame title={say('doneTitle')} onBack={toList}>
        <Loading task={task} />
      </Frame>
    )
  const refused = answer.kind === 'no'
  const lead = leads[answer.kind]
  return (
    <Frame title={say(refused ? 'refusedTitle' : 'doneTitle')} lead={lead && say(lead)} onBack={toList}>
      <RecordRows answer={answer} />
      {refused && <ServiceWindow />}
      <Button kind="main" onPress={toList}>
        {say('backToList')}
      </Button>
      <Button onPress={() => go({ screen: 'record', id })}>{say('showReceipt')}</Button>
      <Reminder />
    </Frame>
  )
}

/** Whom to ask. Nothing is shown until it is known: the answer stands without it. */
function ServiceWindow() {
  const { language } = useApp()
  const say = useWords()
  const { data } = useLoad(async () => (await api.support()).data, language)
  if (!data) return null
  return (
    <Box className="panel">
      <Box className="strong">{say('window')}</Box>
      <Box>{data.service_window}</Box>
    </Box>
  )
}
