import { Box, Button, Field, Select } from '@base'
import { useState } from 'react'
import { api } from '../../app/client'
import { useLoad, useTask } from '../../app/hooks'
import { ErrorBox, Loading } from '../../components/error'
import { Page } from '../../components/page'
import { Rows } from '../../components/rows'
import { formatBeijing } from '../../journey/time'
import { isRightsKey } from '../../strings/rights'
import { useRightsTexts } from './texts'

const fields = ['name', 'document', 'verification', 'todo', 'answer', 'other'] as const

/** 申请更正: asks for a correction, and shows what became of earlier requests. */
export function Corrections() {
  const r = useRightsTexts()
  const task = useTask()
  const [field, setField] = useState<(typeof fields)[number]>('name')
  const [words, setWords] = useState('')
  const [sent, setSent] = useState(0)
  const loaded = useLoad(async () => (await api.corrections()).data.corrections, String(sent))
  const word = (key: string) => (isRightsKey(key) ? r(key) : key)
  const send = async () => {
    await api.correct({ field, text: words.trim() })
    setWords('')
    setSent((n) => n + 1)
  }
  return (
    <Page title={r('correctionsTitle')} lead={r('correctionsLead')} steps={false}>
      <Select
        label={r('field')}
        value={field}
        options={fields.map((value) => ({ value, label: r(`field_${value}`) }))}
        onChange={(value) => setField(fields.find((one) => one === value) ?? 'other')}
      />
      <Field label={r('words')} value={words} maxLength={500} hint={r('wordsHint')} onChange={setWords} />
      <ErrorBox task={task} />
      <Button kind="primary" busy={task.busy} disabled={words.trim() === ''} onPress={() => task.run(send)}>
        {r('correct')}
      </Button>
      <Box as="status" className="small">
        {sent > 0 && r('corrected')}
      </Box>
      {!loaded.data && <Loading task={loaded.task} />}
      {loaded.data && loaded.data.length > 0 && <Box className="strong">{r('earlier')}</Box>}
      {loaded.data?.map((one) => (
        <Rows
          key={one.id}
          rows={[
            { label: r('field'), value: word(`field_${one.field}`) },
            { label: r('words'), value: one.text },
            { label: r('requested'), value: formatBeijing(one.created_at) },
            { label: r('read'), value: one.read_at && formatBeijing(one.read_at) },
            { label: r('state'), value: word(one.outcome ? `outcome_${one.outcome}` : `state_${one.state}`) },
            { label: r('ground'), value: one.ground },
          ]}
        />
      ))}
    </Page>
  )
}
