import { Box, Button } from '@base'
import { useReducer, useState } from 'react'
import { answeredBefore } from '../app/answered'
import { api } from '../app/client'
import { useLoad, useTask, useWords } from '../app/hooks'
import { nameOf } from '../app/names'
import { swap } from '../app/nav'
import { change, current, useApp } from '../app/store'
import { Content } from '../components/content'
import { ErrorBox, Loading } from '../components/error'
import { Frame } from '../components/frame'
import { Leave } from '../components/leave'
import { Pad } from '../components/pad'
import { Portrait } from '../components/portrait'
import { Rows } from '../components/rows'
import { Recorder } from '../strokes/recorder'

/** S9: who, what, the picture just taken, and the person's own hand. */
export function Sign() {
  const { language } = useApp()
  const [verification] = useState(() => current().verification) // the one that is used up here
  const say = useWords()
  const send = useTask()
  const [recorder] = useState(() => new Recorder())
  const [, changed] = useReducer((n: number) => n + 1, 0)
  const id = verification?.todo_id ?? ''
  const { data: todo, task } = useLoad(async () => (await api.todo(id)).data, `${id} ${language}`)
  if (!todo || !verification)
    return (
      <Frame title={say('signTitle')}>
        <Loading task={task} />
      </Frame>
    )

  const confirm = async () => {
    const { revision, content_digest } = todo
    const body = { verification_id: verification.id, revision, content_digest, strokes: recorder.encoded() }
    const answer = await answeredBefore(async () => (await api.confirm(id, body)).data.id)
    change({ verification: undefined, attempt: undefined })
    swap({ screen: 'done', id: answer })
  }
  const { document } = verification
  return (
    <Frame title={say('signTitle')}>
      <Rows
        title={say('userInfo')}
        rows={[
          { label: say('name'), value: document.name_masked },
          { label: say('documentType'), value: nameOf(document.type, say) },
          { label: say('number'), value: document.number_masked },
        ]}
      />
      <Box className="center">
        <Portrait verification={verification} />
      </Box>
      <Content todo={todo} />
      <Box as="section" className="panel" label={say('signHere')}>
        <Box className="strong">{say('signHere')}</Box>
        <Pad recorder={recorder} onChange={changed} />
        <Box className="small">{say('padHelp')}</Box>
      </Box>
      <ErrorBox task={send} />
      <Button kind="main" busy={send.busy} disabled={recorder.empty} onPress={() => send.run(confirm)}>
        {say('confirm')}
      </Button>
      <Leave verification={verification} name="cancel" />
    </Frame>
  )
}
