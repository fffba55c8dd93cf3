import { Box, Button, Details, Text } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import { api } from '../app/client'
import { useLoad, useRoute, useTask, useTranslation } from '../app/hooks'
import { ErrorBox, Loading } from '../components/error'
import { Page } from '../components/page'
import { RecordRows } from '../components/record-rows'

/** 确认记录: one answer with its receipt. */
export function Record() {
  const { id = '' } = useRoute()
  const t = useTranslation()
  const keep = useTask()
  const [kept, setKept] = useState<'saved' | 'copied'>()
  const { data, task } = useLoad(async () => {
    const [answer, receipt] = await Promise.all([api.confirmation(id), api.receipt(id)])
    return { answer: answer.data, receipt }
  }, id)
  if (!data)
    return (
      <Page title={t('recordTitle')}>
        <Loading task={task} />
      </Page>
    )
  const save = async () => {
    setKept(await platform.saveFile(data.receipt, `receipt-${id}.json`))
  }
  return (
    <Page title={t('recordTitle')} lead={t('receiptLead')}>
      <RecordRows answer={data.answer} />
      <Details summary={t('showReceipt')}>
        <Text className="code">{data.receipt}</Text>
      </Details>
      <ErrorBox task={keep} />
      <Box as="status" className="small">
        {kept && t(kept)}
      </Box>
      <Button kind="primary" busy={keep.busy} onPress={() => keep.run(save)}>
        {t('copyReceipt')}
      </Button>
    </Page>
  )
}
