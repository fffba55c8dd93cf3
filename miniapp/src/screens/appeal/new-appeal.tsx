import { Box, Button } from '@base'
import { problemCode } from '../../api/errors'
import { api } from '../../app/client'
import { useLoad, useRoute, useTask } from '../../app/hooks'
import { replace } from '../../app/navigation'
import { getState, useAppState } from '../../app/store'
import { ErrorBox, Loading } from '../../components/error'
import { Page } from '../../components/page'
import { Mail } from './mail'
import { useAppealTexts } from './texts'

/** 申诉: what an appeal against a failure needs, before it is opened. */
export function NewAppeal() {
  const { id: failure = '' } = useRoute()
  const { language } = useAppState()
  const a = useAppealTexts()
  const task = useTask()
  const { data, task: loading } = useLoad(async () => (await api.checklist(failure)).data, language)
  return (
    <Page title={a('newTitle')} steps={false}>
      {!data && <Loading task={loading} />}
      {data && <Box className="panel">{data.note}</Box>}
      {data?.possible && (
        <Box className="panel" as="section" label={a('needed')}>
          <Box className="strong">{a('needed')}</Box>
          {data.items.map((item) => (
            <Box key={item.code}>
              <Box>{item.required ? item.title : a('optional', { item: item.title })}</Box>
              <Box className="small">{item.hint}</Box>
            </Box>
          ))}
        </Box>
      )}
      {data?.possible && <Box className="small">{a('privacy')}</Box>}
      <ErrorBox task={task} />
      {data?.possible && (
        <Button kind="primary" busy={task.busy} onPress={() => task.run(() => begin(failure))}>
          {a('begin')}
        </Button>
      )}
      {data?.mail && <Mail {...data.mail} />}
    </Page>
  )
}

/** Opens the appeal, about the verification on this device if that has the failure. */
async function begin(failure: string): Promise<void> {
  const verification = getState().verification?.id
  const open = async (about: { verification_id?: string }) =>
    replace({ screen: 'appeal', id: (await api.openAppeal({ failure, ...about })).data.id })
  try {
    await open(verification ? { verification_id: verification } : {})
  } catch (reason) {
    if (!verification || problemCode(reason) !== 'not_found') throw reason
    await open({})
  }
}
