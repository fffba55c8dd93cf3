import { Box, Button } from '@base'
import { api } from '../app/client'
import { useLoad, useRoute, useTranslation } from '../app/hooks'
import { push } from '../app/navigation'
import { getState, useAppState } from '../app/store'
import { ArticleBox } from '../components/article'
import { Loading } from '../components/error'
import { Page } from '../components/page'
import { SupportCode } from '../components/support-code'
import { documentTypes } from '../journey/document'

/** 技术支持: a ticket if there is a session, and the general QR code otherwise. */
export function Support() {
  const { id: failure } = useRoute()
  const { language } = useAppState()
  const t = useTranslation()
  const { data, task } = useLoad(() => helpFor(failure), language)
  if (!data)
    return (
      <Page title={t('supportTitle')}>
        <Loading task={task} />
      </Page>
    )
  const { contact, ticket } = data
  const account = contact.account && t('supportLead', { account: contact.account, menu: contact.menu_entry ?? '' })
  return (
    <Page title={t('supportTitle')} lead={account}>
      <SupportCode ticket={ticket?.id} />
      {ticket && (
        <Box className="panel">
          <Box className="strong">{`${t('ticket')} ${ticket.code}`}</Box>
          <Box className="small">{t('ticketLead')}</Box>
        </Box>
      )}
      {ticket?.article && <ArticleBox article={ticket.article} />}
      <Box className="panel">
        <Box className="strong">{t('window')}</Box>
        <Box>{contact.service_window}</Box>
      </Box>
      {ticket && <Button onPress={() => push({ screen: 'appeals' })}>{t('appealsTitle')}</Button>}
      <Button onPress={() => push({ screen: 'faq' })}>{t('faqTitle')}</Button>
    </Page>
  )
}

async function helpFor(failure: string | undefined) {
  const { session, verification, draft } = getState()
  if (!session) return { contact: (await api.support()).data, ticket: undefined }
  const purpose = verification?.purpose === 'confirm' ? 'confirm' : 'access'
  const type = verification?.document.type ?? (failure ? draft.type : undefined) // a failure before any check is about the entered document
  const document = documentTypes.find((known) => known === type)
  const { data: ticket } = await api.openTicket({
    ...(failure ? { failure } : {}),
    ...(document ? { document_type: document } : {}),
    ...(verification ? { purpose } : {}),
  })
  return { contact: ticket.contact, ticket }
}
