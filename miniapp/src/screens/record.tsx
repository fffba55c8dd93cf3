import { Box, Button, Details, Picture, Text } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import { api } from '../app/client'
import { useLoad, useRoute, useTask, useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { urlOf } from '../app/navigation'
import { useAppState } from '../app/store'
import { ErrorBox, Loading } from '../components/error'
import { Page } from '../components/page'
import { ReceiptSeal } from '../components/receipt-seal'
import { RecordRows } from '../components/record-rows'
import { Rows } from '../components/rows'
import { readReceipt } from '../journey/receipt'
import { formatBeijing } from '../journey/time'

/** 确认记录: one answer with its receipt, to read, to print and to save. */
export function Record() {
  const { id = '' } = useRoute()
  const t = useTranslation()
  const keep = useTask()
  const { session } = useAppState()
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
  const receipt = readReceipt(data.receipt)
  const save = async () => {
    setKept(await platform.saveFile(data.receipt, `receipt-${id}.json`))
  }
  const { print } = platform
  const person = session?.access?.document
  return (
    <Page title={t('recordTitle')} lead={t('receiptLead')}>
      <Box className="receipt">
        <Box className="print-only h1">{`${t('title')} · ${t('receipt')}`}</Box>
        <RecordRows answer={data.answer} />
        <Rows
          rows={[
            { label: t('person'), value: person && `${person.name_masked} ${person.number_masked}` },
            { label: t('receiptNumber'), value: id },
          ]}
        />
        {receipt && receipt.checks.length > 0 && (
          <Rows
            title={t('checksPassed')}
            rows={receipt.checks.map(({ kind, passedAt }) => ({
              label: labelOf(kind, t, 'check_'),
              value: formatBeijing(passedAt),
            }))}
          />
        )}
        <ReceiptSeal receipt={receipt} answer={data.answer} />
        <ReceiptCode id={id} />
      </Box>
      {print && (
        <Button kind="primary" onPress={print}>
          {t('printReceipt')}
        </Button>
      )}
      <Details summary={t('signedData')}>
        <Text className="code">{data.receipt}</Text>
      </Details>
      <ErrorBox task={keep} />
      <Box as="status" className="small">
        {kept && t(kept)}
      </Box>
      <Button busy={keep.busy} onPress={() => keep.run(save)}>
        {t('copyReceipt')}
      </Button>
    </Page>
  )
}

/** The QR code of this page. Shows nothing until it is drawn, because the receipt is complete without it. */
function ReceiptCode({ id }: { id: string }) {
  const t = useTranslation()
  const { data: code } = useLoad(async () => platform.linkPicture?.(urlOf({ screen: 'record', id })), id)
  if (!code) return null
  return (
    <Box className="panel center">
      <Picture className="qr" src={code} alt={t('receiptQRAlt')} />
      <Box className="small">{t('receiptQR')}</Box>
    </Box>
  )
}
