import { Box, Button } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import { api } from '../../app/client'
import { useLoad, useRoute, useTask, useTranslation } from '../../app/hooks'
import { ErrorBox, Loading } from '../../components/error'
import { Page } from '../../components/page'
import { Rows } from '../../components/rows'
import { formatBeijing } from '../../journey/time'
import { Stays } from './stays'
import { useRightsTexts } from './texts'

/** How far an erasure is. It needs no session, because the erasure has ended it. */
export function Erased() {
  const { id = '' } = useRoute()
  const t = useTranslation()
  const r = useRightsTexts()
  const keep = useTask()
  const [kept, setKept] = useState<'saved' | 'copied'>()
  const { data, task } = useLoad(async () => (await api.erasure(id)).data, id)
  if (!data)
    return (
      <Page title={r('erasingTitle')} steps={false}>
        <Loading task={task} />
      </Page>
    )
  const save = async () => setKept(await platform.saveFile(id, `erasure-${id}.txt`))
  const begun = data.state !== 'requested'
  return (
    <Page
      title={r(begun ? 'erasedTitle' : 'erasingTitle')}
      lead={r('erasedLead')}
      steps={false}
      mark={begun ? 'success' : undefined}
    >
      <Rows
        rows={[
          { label: r('erasureNumber'), value: id },
          { label: r('requestedAt'), value: formatBeijing(data.requested_at) },
          { label: r('erasedAt'), value: data.erased_at && formatBeijing(data.erased_at) },
        ]}
      />
      {data.state === 'done' && <Box className="panel">{r('allGone')}</Box>}
      <Stays grounds={data.stays} />
      <ErrorBox task={keep} />
      <Box as="status" className="small">
        {kept && t(kept)}
      </Box>
      <Button busy={keep.busy} onPress={() => keep.run(save)}>
        {r('saveNumber')}
      </Button>
    </Page>
  )
}
