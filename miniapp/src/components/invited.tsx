import { Box, Button, Details } from '@base'
import { useTranslation } from '../app/hooks'
import { push } from '../app/navigation'
import { setState, useAppState } from '../app/store'
import { InvitationCode } from './invitation-code'

/** Tells the person on the start page that an invitation is waiting for the identity check, or asks for a code. */
export function Invited() {
  const { invitation, session } = useAppState()
  const t = useTranslation()
  const accept = (code: string | undefined) => {
    setState({ invitation: code })
    if (code && session?.access) push({ screen: 'invited' })
  }
  if (!invitation)
    return (
      <Details summary={t('haveCode')}>
        <InvitationCode onCode={accept} />
      </Details>
    )
  return (
    <Box as="status" className="panel info">
      <Box>{t('invited')}</Box>
      <Button kind="quiet" onPress={() => accept(undefined)}>
        {t('invitedForget')}
      </Button>
    </Box>
  )
}
