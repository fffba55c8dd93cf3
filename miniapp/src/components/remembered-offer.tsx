import { Box, Button } from '@base'
import { useTask, useTranslation } from '../app/hooks'
import { forget, prefillRemembered } from '../app/remembered'
import { type Message, useAppState } from '../app/store'
import { ErrorBox } from './error'
import { Rows } from './rows'

/** Offers the document that the person agreed to have remembered. The channel's own record of the owner takes precedence. */
export function RememberedOffer({ onMessage }: { onMessage: (message: Message) => void }) {
  const { session } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const remembered = session?.prefill_from === 'channel' ? undefined : session?.remembered
  if (!remembered) return null
  const use = async () => {
    if (!(await prefillRemembered(remembered.document))) onMessage('rememberedAbsent')
  }
  return (
    <Box className="offer">
      <Rows
        title={t('rememberedTitle')}
        rows={[
          { label: t('name'), value: remembered.document.name_masked },
          { label: t('number'), value: remembered.document.number_masked },
        ]}
      />
      <ErrorBox task={task} />
      <Button busy={task.busy} onPress={() => task.run(use)}>
        {t('useRemembered')}
      </Button>
      <Box className="small">{t('rememberedLead')}</Box>
      <Button
        kind="quiet"
        busy={task.busy}
        onPress={() => task.run(async () => forget().then(() => onMessage('forgotten')))}
      >
        {t('forget')}
      </Button>
    </Box>
  )
}
