import { Box, Button, Fold, Select } from '@base'
import { platform } from '@platform'
import { useEffect, useState } from 'react'
import { useLoad, useShown, useWords } from '../app/hooks'
import { go } from '../app/nav'
import { signIn } from '../app/session'
import { change, current, type Message, useApp } from '../app/store'
import { ErrorBox } from '../components/error'
import { Frame } from '../components/frame'
import { documentTypes } from '../journey/document'
import { underWay } from '../journey/resume'
import { DocumentFields, missing } from './entry-document'

const way = platform.signIn

/** S1: who is it. */
export function Entry() {
  const { draft, session, verification } = useApp()
  const say = useWords()
  const shown = useShown()
  const [tried, setTried] = useState(false)
  const [message, setMessage] = useState<Message>()
  const { data: signedIn, task } = useLoad(async () => ({ session: await signIn() }), String(shown))
  useEffect(() => {
    const back = way.by === 'page' ? way.cameBack() : undefined
    if (back) setMessage(back === 'failed' ? 'signInFailed' : 'signInUnavailable')
  }, [])
  // Taken once, by the entry that comes to the front: others may lie under the screen that left the message.
  // biome-ignore lint/correctness/useExhaustiveDependencies(shown): runs each time the page is shown
  useEffect(() => {
    const left = current().message
    if (!left) return
    setMessage(left)
    change({ message: undefined })
  }, [shown])

  const prefill = draft.type === 'resident_id' && draft.prefilled ? session?.prefill : undefined
  const next = () => {
    setTried(true)
    if (prefill || !missing(draft)) go({ screen: 'notices', purpose: 'access' })
  }
  const open = underWay({ session, verification })
  const elsewhere = signedIn && !signedIn.session && way.by === 'page' ? way.leave : undefined
  return (
    <Frame entry title={say('title')} lead={say('entryLead')}>
      {message && (
        <Box as="status" className="panel info">
          {say(message)}
        </Box>
      )}
      {open && <Button onPress={() => go(open)}>{say('goOn')}</Button>}
      <ErrorBox task={task} />
      {elsewhere ? (
        <Box className="panel">
          <Box>{say('signInLead')}</Box>
          <Button kind="main" onPress={elsewhere}>
            {say('signIn')}
          </Button>
        </Box>
      ) : (
        <Box className="panel">
          <Select
            label={say('documentType')}
            value={draft.type}
            options={documentTypes.map((type) => ({ value: type, label: say(type) }))}
            onChange={(value) =>
              change({ draft: { ...draft, type: documentTypes.find((type) => type === value) ?? draft.type } })
            }
          />
          <DocumentFields prefill={prefill} tried={tried} onEnter={next} />
          <Box className="small">{say('consentBefore')}</Box>
          <Button kind="quiet" onPress={() => go({ screen: 'rules' })}>
            {say('readRules')}
          </Button>
          <Button kind="main" busy={task.busy} disabled={!session} onPress={next}>
            {say('seeTodos')}
          </Button>
        </Box>
      )}
      <Button kind="quiet" onPress={() => go({ screen: 'support' })}>
        {say('supportLink')}
      </Button>
      <Fold summary={say('menu')}>
        <Box className="menu">
          <Button kind="quiet" onPress={() => go({ screen: 'faq' })}>
            {say('faqTitle')}
          </Button>
          {session && (
            <Button kind="quiet" onPress={() => go({ screen: 'consents' })}>
              {say('consentsTitle')}
            </Button>
          )}
          {session?.access && (
            <Button kind="quiet" onPress={() => go({ screen: 'records' })}>
              {say('recordsTitle')}
            </Button>
          )}
        </Box>
      </Fold>
    </Frame>
  )
}
