import { Box, Button } from '@base'
import { api } from '../app/client'
import { useLoad, usePlace, useWords } from '../app/hooks'
import { go } from '../app/nav'
import { current, useApp } from '../app/store'
import { ArticleBox } from '../components/article'
import { Loading } from '../components/error'
import { Frame } from '../components/frame'
import { SupportCode } from '../components/support-code'
import { documentTypes } from '../journey/document'

/** 技术支持: a ticket where there is a session, the code for everybody where there is none. */
export function Support() {
  const { id: failure } = usePlace()
  const { language } = useApp()
  const say = useWords()
  const { data, task } = useLoad(() => helpFor(failure), language)
  if (!data)
    return (
      <Frame title={say('supportTitle')}>
        <Loading task={task} />
      </Frame>
    )
  const { contact, ticket } = data
  const account = contact.account && say('supportLead', { account: contact.account, menu: contact.menu_entry ?? '' })
  return (
    <Frame title={say('supportTitle')} lead={account}>
      <SupportCode ticket={ticket?.id} />
      {ticket && (
        <Box className="panel">
          <Box className="strong">{`${say('ticket')} ${ticket.code}`}</Box>
          <Box className="small">{say('ticketLead')}</Box>
        </Box>
      )}
      {ticket?.article && <ArticleBox article={ticket.article} />}
      <Box className="panel">
        <Box className="strong">{say('window')}</Box>
        <Box>{contact.service_window}</Box>
      </Box>
      <Button onPress={() => go({ screen: 'faq' })}>{say('faqTitle')}</Button>
    </Frame>
  )
}

async function helpFor(failure: string | undefined) {
  const { session, verification, draft } = current()
  if (!session) return { contact: (await api.support()).data, ticket: undefined }
  const purpose = verification?.purpose === 'confirm' ? 'confirm' : 'access'
  const type = verification?.document.type ?? (failure ? draft.type : undefined) // a failure before any check is about what was typed
  const document = documentTypes.find((known) => known === type)
  const { data: ticket } = await api.openTicket({
    ...(failure ? { failure } : {}),
    ...(document ? { document_type: document } : {}),
    ...(verification ? { purpose } : {}),
  })
  return { contact: ticket.contact, ticket }
}
