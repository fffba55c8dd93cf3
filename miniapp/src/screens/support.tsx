import { useState } from 'react'
import { Box, Button } from '@base'
import { codeOf } from '../api/errors'
import { api } from '../app/client'
import { useLoad, usePlace, useTask, useWords } from '../app/hooks'
import { go } from '../app/nav'
import { current, useApp } from '../app/store'
import { ArticleBox } from '../components/article'
import { Loading } from '../components/error'
import { Frame } from '../components/frame'
import { SupportCode } from '../components/support-code'

/** 技术支持: a ticket where there is a session, the code for everybody where there is none. */
export function Support() {
  const { id: failure } = usePlace()
  const { language } = useApp()
  const say = useWords()
  const [saved, setSaved] = useState<'saved' | 'saveFailed'>()
  const save = useTask()
  const { data, task } = useLoad(() => helpFor(failure), language)
  if (!data) return <Frame title={say('supportTitle')}><Loading task={task} /></Frame>
  const { contact, ticket, qr } = data
  const account = contact.account && say('supportLead', { account: contact.account, menu: contact.menu_entry ?? '' })
  // What hinders it is the person's own settings; the picture can still be kept in other ways.
  const keep = (write: () => Promise<void>) => write().then(() => setSaved('saved'), () => setSaved('saveFailed'))
  return (
    <Frame title={say('supportTitle')} lead={account}>
      {qr && <SupportCode qr={qr} saved={saved} onSave={(write) => save.run(() => keep(write))} />}
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
  const { session, verification } = current()
  if (!session) {
    const { data: contact } = await api.support()
    return { contact, ticket: undefined, qr: await pictureOf(() => api.supportQR()) }
  }
  const purpose = verification?.purpose === 'confirm' ? 'confirm' : 'access'
  const { data: ticket } = await api.openTicket({ ...(failure ? { failure } : {}), ...(verification ? { purpose } : {}) })
  return { contact: ticket.contact, ticket, qr: await pictureOf(() => api.ticketQR(ticket.id)) }
}

/** There may be no picture at all; help does not wait for one. */
async function pictureOf(fetch: () => Promise<string>): Promise<string | undefined> {
  try {
    return await fetch()
  } catch (error) {
    if (codeOf(error) === 'not_found') return undefined
    throw error
  }
}
