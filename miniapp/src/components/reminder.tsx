import { Box, Button } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import { api } from '../app/client'
import { useLoad, useShowCount, useTask, useTranslation } from '../app/hooks'
import { ErrorBox } from './error'

/** Offers a message of the channel when the next to-do arrives. Each agreement covers one message and can be withdrawn here. */
export function Reminder() {
  const { subscribe } = platform
  const t = useTranslation()
  const act = useTask()
  const [declined, setDeclined] = useState(false)
  const { data: notifications, reload } = useLoad(
    async () => (subscribe ? (await api.notifications()).data : undefined),
    String(useShowCount()),
  )
  if (!subscribe || !notifications?.template_id) return null

  // The template is loaded before the tap, because the channel asks the person only if it is called synchronously in the tap.
  const agree = async () => {
    const agreed = await subscribe(notifications.template_id)
    setDeclined(!agreed)
    if (!agreed) return
    await api.agreeToNotification()
    reload()
  }
  const end = async () => {
    await api.endNotifications()
    reload()
  }
  return (
    <Box className="panel">
      <Box as="status">
        {declined ? t('remindDeclined') : notifications.left > 0 && t('remindLeft', { n: notifications.left })}
      </Box>
      <ErrorBox task={act} />
      <Button kind="quiet" busy={act.busy} onPress={() => act.run(agree)}>
        {t('remind')}
      </Button>
      {notifications.left > 0 && (
        <Button kind="quiet" busy={act.busy} onPress={() => act.run(end)}>
          {t('remindEnd')}
        </Button>
      )}
    </Box>
  )
}
