import { Box, Button, Fold, Text } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import { api } from '../app/client'
import { useLoad, usePlace, useTask, useWords } from '../app/hooks'
import { ErrorBox, Loading } from '../components/error'
import { Frame } from '../components/frame'
import { RecordRows } from '../components/record-rows'

/** One answer with its receipt: the proof that the person keeps. */
export function Record() {
  const { id = '' } = usePlace()
  const say = useWords()
  const keep = useTask()
  const [kept, setKept] = useState<'saved' | 'copied'>()
  const { data, task } = useLoad(async () => {
    const [answer, receipt] = await Promise.all([api.confirmation(id), api.receipt(id)])
    return { answer: answer.data, receipt }
  }, id)
  if (!data)
    return (
      <Frame title={say('recordTitle')}>
        <Loading task={task} />
      </Frame>
    )
  const save = async () => {
    setKept(await platform.keepFile(data.receipt, `receipt-${id}.json`))
  }
  return (
    <Frame title={say('recordTitle')} lead={say('receiptLead')}>
      <RecordRows answer={data.answer} />
      <Fold summary={say('showReceipt')}>
        <Text className="code">{data.receipt}</Text>
      </Fold>
      <ErrorBox task={keep} />
      <Box as="status" className="small">
        {kept && say(kept)}
      </Box>
      <Button kind="main" busy={keep.busy} onPress={() => keep.run(save)}>
        {say('copyReceipt')}
      </Button>
    </Frame>
  )
}
