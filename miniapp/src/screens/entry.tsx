import { Box, Button, Details, Select } from '@base'
import { platform } from '@platform'
import { useEffect } from 'react'
import { editDraft } from '../app/draft'
import { useLoad, useShowCount, useTranslation } from '../app/hooks'
import { useMessage } from '../app/message'
import { push } from '../app/navigation'
import { loadFailures, showClientFailure } from '../app/problems'
import { signIn } from '../app/session'
import { useAppState } from '../app/store'
import { ErrorBox } from '../components/error'
import { Invited } from '../components/invited'
import { MessageBox } from '../components/message-box'
import { Needs } from '../components/needs'
import { Page } from '../components/page'
import { documentTypes } from '../journey/document'
import { routeToContinue } from '../journey/resume'
import { DocumentFields, useDocumentForm } from './entry-document'

const way = platform.signIn

/** S1: asks for the person's document. */
export function Entry() {
  const { draft, invitation, lifting, session, verification } = useAppState()
  const t = useTranslation()
  const shown = useShowCount()
  const form = useDocumentForm()
  const [message, setMessage] = useMessage()
  const { data: signedIn, task } = useLoad(async () => ({ session: await signIn() }), String(shown))
  useEffect(() => {
    const back = way.by === 'page' ? way.takeError() : undefined
    if (back === 'client_unknown') void loadFailures().then(() => showClientFailure(back))
    else if (back) setMessage(back === 'failed' ? 'signInFailed' : 'signInUnavailable')
  }, [setMessage])

  const prefill = draft.prefilled && session?.prefill?.type === draft.type ? session.prefill : undefined
  const next = () => {
    const open = () => push({ screen: 'notices', purpose: 'access' })
    if (prefill) open()
    else form.submit(open)
  }
  const open = routeToContinue({ session, verification })
  const elsewhere = signedIn && !signedIn.session && way.by === 'page' ? way.redirect : undefined
  return (
    <Page entry title={t('title')} lead={t(lifting ? 'entryLiftLead' : 'entryLead')}>
      <MessageBox message={message} />
      {invitation && <Invited />}
      {open && <Button onPress={() => push(open)}>{t('goOn')}</Button>}
      <ErrorBox task={task} />
      {(elsewhere || way.by === 'code') && <Needs />}
      {elsewhere ? (
        <Box className="panel">
          <Box>{t('signInLead')}</Box>
          <Button kind="primary" onPress={elsewhere}>
            {t('signIn')}
          </Button>
        </Box>
      ) : (
        <Box className="panel">
          <Select
            label={t('documentType')}
            value={draft.type}
            options={documentTypes.map((type) => ({ value: type, label: t(type) }))}
            onChange={(value) => editDraft({ type: documentTypes.find((type) => type === value) ?? draft.type })}
          />
          <DocumentFields prefill={prefill} form={form} onEnter={next} onMessage={setMessage} />
          <Box className="small">{t('consentBefore')}</Box>
          <Button kind="quiet" onPress={() => push({ screen: 'rules' })}>
            {t('readRules')}
          </Button>
          <Button kind="primary" busy={task.busy} disabled={!session} onPress={next}>
            {t(lifting ? 'liftFreeze' : 'seeTodos')}
          </Button>
        </Box>
      )}
      {!invitation && <Invited />}
      <Button kind="quiet" onPress={() => push({ screen: 'support' })}>
        {t('supportLink')}
      </Button>
      <Details summary={t('menu')}>
        <Box className="menu">
          <Button kind="quiet" onPress={() => push({ screen: 'faq' })}>
            {t('faqTitle')}
          </Button>
          {session && (
            <Button kind="quiet" onPress={() => push({ screen: 'consents' })}>
              {t('consentsTitle')}
            </Button>
          )}
          {session?.access && (
            <Button kind="quiet" onPress={() => push({ screen: 'myData' })}>
              {t('myDataTitle')}
            </Button>
          )}
          {(session?.access || session?.answers_listed) && (
            <Button kind="quiet" onPress={() => push({ screen: 'records' })}>
              {t('recordsTitle')}
            </Button>
          )}
        </Box>
      </Details>
    </Page>
  )
}
