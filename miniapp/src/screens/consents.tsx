import { Box, Button } from '@base'
import { api } from '../app/client'
import { useLoad, useTask, useWords } from '../app/hooks'
import { nameOf } from '../app/names'
import { refresh } from '../app/session'
import { change } from '../app/store'
import { ErrorBox, Loading } from '../components/error'
import { Frame } from '../components/frame'
import { beijing } from '../journey/time'

/** 我的授权: withdrawn as easily as given. */
export function Consents() {
  const say = useWords()
  const withdraw = useTask()
  const { data, task, reload } = useLoad(async () => (await api.consents()).data.consents, '')
  const end = (id: string) =>
    withdraw.run(async () => {
      await api.withdraw(id)
      change({ verification: undefined })
      await refresh()
      reload()
    })
  return (
    <Frame title={say('consentsTitle')} lead={say('withdrawLead')}>
      {!data && <Loading task={task} />}
      {data?.length === 0 && <Box className="panel">{say('consentsEmpty')}</Box>}
      <ErrorBox task={withdraw} />
      {data?.map(({ id, kind, accepted_at }) => (
        <Box key={id} className="panel">
          <Box className="strong">{nameOf(kind, say, 'kind_')}</Box>
          <Box className="small">{say('consentSince', { time: beijing(accepted_at) })}</Box>
          <Button
            kind="quiet"
            busy={withdraw.busy}
            label={`${say('withdraw')} ${nameOf(kind, say, 'kind_')}`}
            onPress={() => end(id)}
          >
            {say('withdraw')}
          </Button>
        </Box>
      ))}
    </Frame>
  )
}
