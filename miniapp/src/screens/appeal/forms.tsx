import { Box, Button, Field } from '@base'
import { useState } from 'react'
import { api } from '../../app/client'
import { useTask } from '../../app/hooks'
import { ErrorBox } from '../../components/error'
import { useAppealTexts } from './texts'

/** What a person writes before an appeal is submitted. */
export function SubmitForm({ id, ready, reload }: { id: string; ready: boolean; reload: () => void }) {
  const a = useAppealTexts()
  const task = useTask()
  const [form, setForm] = useState({ contact: '', device: '', app: '', text: '' })
  const set = (name: keyof typeof form) => (value: string) => setForm((old) => ({ ...old, [name]: value }))
  const submit = async () => {
    await api.submitAppeal(id, form)
    reload()
  }
  const complete = ready && form.contact.trim() !== '' && form.text.trim() !== ''
  return (
    <Box as="section" label={a('form')}>
      <Field
        label={a('contact')}
        value={form.contact}
        maxLength={100}
        hint={a('contactHint')}
        onChange={set('contact')}
      />
      <Field label={a('device')} value={form.device} maxLength={100} onChange={set('device')} />
      <Field label={a('app')} value={form.app} maxLength={100} onChange={set('app')} />
      <Field label={a('text')} value={form.text} maxLength={1000} hint={a('textHint')} onChange={set('text')} />
      {!ready && <Box className="small">{a('missing')}</Box>}
      <ErrorBox task={task} />
      <Button kind="primary" busy={task.busy} disabled={!complete} onPress={() => task.run(submit)}>
        {a('submit')}
      </Button>
    </Box>
  )
}

/** The answer to a question of a reviewer. */
export function AnswerForm({ id, reload }: { id: string; reload: () => void }) {
  const a = useAppealTexts()
  const task = useTask()
  const [text, setText] = useState('')
  const answer = async () => {
    await api.answerAppeal(id, text.trim())
    reload()
  }
  return (
    <Box as="section" label={a('answer')}>
      <Field label={a('answer')} value={text} maxLength={1000} onChange={setText} />
      <ErrorBox task={task} />
      <Button kind="primary" busy={task.busy} disabled={text.trim() === ''} onPress={() => task.run(answer)}>
        {a('sendAnswer')}
      </Button>
    </Box>
  )
}
