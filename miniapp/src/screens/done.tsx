import { Button } from '@base'
import { api } from '../app/client'
import { useLoad, usePlace, useWords } from '../app/hooks'
import { follow, go } from '../app/nav'
import { Loading } from '../components/error'
import { Frame } from '../components/frame'
import { RecordRows } from '../components/record-rows'
import { Reminder } from '../components/reminder'

/** S10 完成核验, also for a refusal. */
export function Done() {
  const { id = '' } = usePlace()
  const say = useWords()
  const { data: answer, task } = useLoad(async () => (await api.confirmation(id)).data, id)
  const toList = () => follow({ screen: 'list' })
  if (!answer) return <Frame title={say('doneTitle')} onBack={toList}><Loading task={task} /></Frame>
  return (
    <Frame title={say('doneTitle')} lead={say(answer.kind === 'yes' ? 'doneConfirmed' : 'doneRefused')} onBack={toList}>
      <RecordRows answer={answer} />
      <Button kind="main" onPress={toList}>{say('backToList')}</Button>
      <Button onPress={() => go({ screen: 'record', id })}>{say('showReceipt')}</Button>
      <Reminder />
    </Frame>
  )
}
