import { Box, Button } from '@base'
import { api } from '../../app/client'
import { useLoad, useRoute, useTask } from '../../app/hooks'
import { useAppState } from '../../app/store'
import { ErrorBox, Loading } from '../../components/error'
import { Page } from '../../components/page'
import { Rows } from '../../components/rows'
import { formatBeijing } from '../../journey/time'
import { AnswerForm, SubmitForm } from './forms'
import { Item } from './item'
import { Mail } from './mail'
import { ReadingConsent } from './reading'
import { stateText } from './state'
import { useAppealTexts } from './texts'

/** 申诉进度: state, questions, uploads and the decision. All of it is read from the server, so a reload loses nothing. */
export function Appeal() {
  const { id = '' } = useRoute()
  const { language } = useAppState()
  const a = useAppealTexts()
  const task = useTask()
  const { data, task: loading, reload } = useLoad(async () => (await api.appeal(id)).data, language)
  if (!data)
    return (
      <Page title={a('title')} steps={false}>
        <Loading task={loading} />
      </Page>
    )
  const time = (at: string | undefined) => at && formatBeijing(at)
  const uploads = data.state === 'draft' || data.state === 'question'
  const ready = data.checklist.items
    .filter((item) => item.required)
    .every((item) => data.materials.some((one) => one.item === item.code && one.state === 'ready'))
  const withdraw = async () => {
    await api.withdrawAppeal(id)
    reload()
  }
  return (
    <Page title={a('title')} steps={false}>
      <Box as="status" className="panel">
        <Rows
          rows={[
            { label: a('failure'), value: data.prompt },
            { label: a('state'), value: stateText(a, data) },
            { label: a('submittedAt'), value: time(data.submitted_at) },
            { label: a('dueAt'), value: data.state === 'decided' ? undefined : time(data.due_at) },
            { label: a('readAt'), value: time(data.read_at) },
            { label: a('decidedAt'), value: time(data.decided_at) },
            { label: a('reason'), value: data.decision?.reason },
            { label: a('ground'), value: data.decision?.ground },
          ]}
        />
      </Box>
      {data.messages.map((one) => (
        <Box key={one.at + one.from} className="panel">
          <Box className="small">{`${a(one.from === 'reviewer' ? 'reviewer' : 'you')} · ${formatBeijing(one.at)}`}</Box>
          <Box>{one.text}</Box>
        </Box>
      ))}
      <ReadingConsent {...{ appeal: data, reload }} />
      {uploads && data.checklist.items.map((item) => <Item key={item.code} {...{ appeal: data, item, reload }} />)}
      {data.state === 'draft' && <SubmitForm {...{ id, ready, reload }} />}
      {data.state === 'question' && <AnswerForm {...{ id, reload }} />}
      {uploads && data.checklist.mail && <Mail {...data.checklist.mail} />}
      <ErrorBox task={task} />
      {(uploads || data.state === 'submitted') && (
        <Button kind="quiet" busy={task.busy} onPress={() => task.run(withdraw)}>
          {a('withdraw')}
        </Button>
      )}
    </Page>
  )
}
