import { Box, Button } from '@base'
import { api } from '../app/client'
import { emptyDrafts } from '../app/draft-storage'
import { useTask, useTranslation } from '../app/hooks'
import { popTo } from '../app/navigation'
import { refresh } from '../app/session'
import { setState, useAppState } from '../app/store'
import { CancelButton } from '../components/cancel-button'
import { ErrorBox } from '../components/error'
import { Page } from '../components/page'
import { Portrait } from '../components/portrait'

/** S6: the picture that was taken. Accepting it opens the to-dos. */
export function Photo() {
  const { verification } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const accept = async () => {
    if (!verification) return
    await api.acceptPortrait(verification.id)
    setState(emptyDrafts) // the document is not needed again
    await refresh()
    popTo({ screen: 'list' })
  }
  return (
    <Page title={t('photoTitle')} lead={t(verification?.has_portrait ? 'photoLead' : 'noPhoto')}>
      {verification?.has_portrait && (
        <Box className="center">
          <Portrait verification={verification} />
        </Box>
      )}
      <ErrorBox task={task} />
      <Button kind="primary" busy={task.busy} onPress={() => task.run(accept)}>
        {t('seeTodos')}
      </Button>
      <CancelButton verification={verification} label="startOver" />
    </Page>
  )
}
