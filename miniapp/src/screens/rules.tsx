import { Box } from '@base'
import { platform } from '@platform'
import { api } from '../app/client'
import { useLoad, useTranslation } from '../app/hooks'
import { useAppState } from '../app/store'
import { Loading } from '../components/error'
import { NoticeParts } from '../components/notice-parts'
import { Page } from '../components/page'

// The recipients of the data differ by channel. The rules can be read before signing in.
const channel = platform.signIn.by === 'code' ? platform.signIn.channel : 'web'

/** 《个人信息处理规则》, which can be read at any time. Consent is given on the notices screen. */
export function Rules() {
  const { language, draft, session } = useAppState()
  const t = useTranslation()
  const { data, task } = useLoad(async () => {
    const { data: shown } = await api.notices({
      purpose: 'access',
      document_type: draft.type,
      channel: session?.channel ?? channel,
    })
    return shown.notices.filter(({ kind }) => kind === 'rules')
  }, language)
  return (
    <Page title={t('readRules')}>
      {!data && <Loading task={task} />}
      {data?.map((notice) => (
        <Box key={notice.id} className="panel" lang={notice.language}>
          <NoticeParts notice={notice} />
        </Box>
      ))}
    </Page>
  )
}
