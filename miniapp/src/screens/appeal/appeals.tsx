import { Box, Button } from '@base'
import { api } from '../../app/client'
import { useLoad } from '../../app/hooks'
import { push } from '../../app/navigation'
import { useAppState } from '../../app/store'
import { Loading } from '../../components/error'
import { Page } from '../../components/page'
import { Rows } from '../../components/rows'
import { formatBeijing } from '../../journey/time'
import { stateText } from './state'
import { useAppealTexts } from './texts'

/** 我的申诉: the appeals of this account, with how far they are. */
export function Appeals() {
  const { language } = useAppState()
  const a = useAppealTexts()
  const { data, task } = useLoad(async () => (await api.appeals()).data.appeals, language)
  return (
    <Page title={a('listTitle')} lead={a('listLead')} steps={false}>
      {!data && <Loading task={task} />}
      {data?.length === 0 && <Box className="panel">{a('empty')}</Box>}
      {data?.map((one) => (
        <Box key={one.id} className="panel">
          <Rows
            rows={[
              { label: a('failure'), value: one.prompt },
              { label: a('opened'), value: formatBeijing(one.created_at) },
              { label: a('state'), value: stateText(a, one) },
            ]}
          />
          <Button label={`${a('open')} ${one.prompt}`} onPress={() => push({ screen: 'appeal', id: one.id })}>
            {a('open')}
          </Button>
        </Box>
      ))}
    </Page>
  )
}
