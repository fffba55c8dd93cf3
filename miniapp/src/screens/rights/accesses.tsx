import { Box, Button } from '@base'
import { api } from '../../app/client'
import { useLoad } from '../../app/hooks'
import { push } from '../../app/navigation'
import { Loading } from '../../components/error'
import { Page } from '../../components/page'
import { Rows } from '../../components/rows'
import { formatBeijing } from '../../journey/time'
import { useRightsTexts } from './texts'

/** 谁查看过: which authority looked at the evidence of the person's answers, when and what for. */
export function Accesses() {
  const r = useRightsTexts()
  const { data, task } = useLoad(async () => (await api.accesses()).data.accesses, '')
  return (
    <Page title={r('accessesTitle')} lead={r('accessesLead')} steps={false}>
      {!data && <Loading task={task} />}
      {data?.length === 0 && <Box className="panel">{r('accessesEmpty')}</Box>}
      {data?.map(({ confirmation_id: id, ...look }) => (
        <Box key={`${id ?? look.purpose} ${look.last_at}`}>
          <Rows
            rows={[
              { label: r('office'), value: look.office },
              { label: r('role'), value: look.role },
              { label: r('purpose'), value: look.purpose },
              { label: r('time'), value: formatBeijing(look.last_at) },
              { label: r('times'), value: String(look.times) },
            ]}
          />
          {look.delayed_until && (
            <Box className="small">
              {r('delayed', { time: formatBeijing(look.delayed_until), ground: look.delay_ground ?? '' })}
            </Box>
          )}
          {id && (
            <Button
              kind="quiet"
              label={`${r('openRecord')} ${formatBeijing(look.last_at)}`}
              onPress={() => push({ screen: 'record', id })}
            >
              {r('openRecord')}
            </Button>
          )}
        </Box>
      ))}
    </Page>
  )
}
