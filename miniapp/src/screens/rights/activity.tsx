import { Box } from '@base'
import { api } from '../../app/client'
import { useLoad } from '../../app/hooks'
import { Loading } from '../../components/error'
import { Page } from '../../components/page'
import { Rows } from '../../components/rows'
import { formatBeijing } from '../../journey/time'
import { isRightsKey } from '../../strings/rights'
import { useRightsTexts } from './texts'

/** 谁用过我的号码: every check and case under the person's number, from any channel. */
export function Activity() {
  const r = useRightsTexts()
  const { data, task } = useLoad(async () => (await api.activity()).data, '')
  const word = (key: string, value: string) => (isRightsKey(key) ? r(key) : value)
  return (
    <Page title={r('activityTitle')} lead={r('activityLead')} steps={false}>
      {!data && <Loading task={task} />}
      <Box className="strong">{r('named')}</Box>
      {data?.cases.length === 0 && <Box className="panel">{r('noneSoFar')}</Box>}
      {data?.cases.map((one) => (
        <Rows
          key={one.todo_id ?? `${one.registry_name} ${one.opened_at}`}
          title={one.other_name ? r('otherName') : undefined}
          rows={[
            { label: r('registry'), value: one.registry_name },
            { label: r('enterprise'), value: one.enterprise_name },
            { label: r('inRole'), value: one.role },
            { label: r('received'), value: formatBeijing(one.opened_at) },
            { label: r('reported'), value: one.report && word(`state_${one.report}`, one.report) },
          ]}
        />
      ))}
      <Box className="strong">{r('tried')}</Box>
      {data?.verifications.map((one) => (
        <Rows
          key={`${one.channel} ${one.started_at}`}
          rows={[
            { label: r('by'), value: r(one.mine ? 'byMe' : 'byOther') },
            { label: r('channel'), value: word(`channel_${one.channel}`, one.channel) },
            { label: r('begun'), value: formatBeijing(one.started_at) },
            {
              label: r('result'),
              value: one.passed_at ? r('passedAt', { time: formatBeijing(one.passed_at) }) : r('notPassed'),
            },
          ]}
        />
      ))}
      {data && data.freezes.length > 0 && <Box className="strong">{r('froze')}</Box>}
      {data?.freezes.map((one) => (
        <Rows
          key={one.id}
          rows={[
            { label: r('frozenAt'), value: formatBeijing(one.placed_at) },
            { label: r('liftedAt'), value: one.lifted_at ? formatBeijing(one.lifted_at) : r('inForce') },
          ]}
        />
      ))}
    </Page>
  )
}
