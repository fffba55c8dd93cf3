import { Box, Button } from '@base'
import { useReducer, useState } from 'react'
import { boundToContent, readAgain } from '../app/changed-todo'
import { api } from '../app/client'
import { orExistingAnswer } from '../app/existing-answer'
import { useLoad, useTask, useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { replace } from '../app/navigation'
import { getState, setState, useAppState } from '../app/store'
import { CancelButton } from '../components/cancel-button'
import { Content } from '../components/content'
import { ErrorBox, Loading } from '../components/error'
import { Page } from '../components/page'
import { Portrait } from '../components/portrait'
import { Rows } from '../components/rows'
import { SignaturePad } from '../components/signature-pad'
import { Recorder } from '../strokes/recorder'

/** S9: person, content, picture and the handwritten signature. */
export function Sign() {
  const { language } = useAppState()
  const [verification] = useState(() => getState().verification) // the one that the confirmation consumes
  const t = useTranslation()
  const send = useTask()
  const [recorder] = useState(() => new Recorder())
  const [, changed] = useReducer((n: number) => n + 1, 0)
  const id = verification?.todo_id ?? ''
  const { data: todo, task } = useLoad(async () => {
    const { data } = await api.todo(id)
    if (data.kind !== 'open') await readAgain(id)
    return data
  }, `${id} ${language}`)
  if (todo?.kind !== 'open' || !verification)
    return (
      <Page title={t('signTitle')}>
        <Loading task={task} />
      </Page>
    )

  const confirm = async () => {
    const { revision, content_digest } = todo
    const body = { verification_id: verification.id, revision, content_digest, strokes: recorder.encode() }
    const answer = await orExistingAnswer(async () => (await api.confirm(id, body)).data.id)
    setState({ verification: undefined, attempt: undefined, answered: id })
    replace({ screen: 'done', id: answer })
  }
  const { document } = verification
  return (
    <Page title={t('signTitle')}>
      <Rows
        title={t('userInfo')}
        rows={[
          { label: t('name'), value: document.name_masked },
          { label: t('documentType'), value: labelOf(document.type, t) },
          { label: t('number'), value: document.number_masked },
        ]}
      />
      <Box className="center">
        <Portrait verification={verification} />
      </Box>
      <Content todo={todo} />
      <Box as="section" className="panel" label={t('signHere')}>
        <Box className="strong">{t('signHere')}</Box>
        <SignaturePad recorder={recorder} onChange={changed} />
        <Box className="small">{t('padHelp')}</Box>
      </Box>
      <ErrorBox task={send} />
      <Button
        kind="primary"
        busy={send.busy}
        disabled={recorder.isEmpty}
        onPress={() => send.run(() => boundToContent(id, confirm))}
      >
        {t('confirm')}
      </Button>
      <CancelButton verification={verification} label="cancel" />
    </Page>
  )
}
