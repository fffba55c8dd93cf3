import { platform } from '@platform'
import { type ComponentType, useCallback, useEffect, useState } from 'react'
import { loadAuthority } from '../app/authority'
import { useRoute, useShowCount, useTask, useTranslation } from '../app/hooks'
import { push, replace } from '../app/navigation'
import { loadFailures } from '../app/problems'
import { refresh } from '../app/session'
import { getState, persist, persisted, setState } from '../app/store'
import { Loading } from '../components/error'
import { Page } from '../components/page'
import { pendingFaceAttempt } from '../journey/next'
import { decodeTarget, encodeTarget, resumeRoute } from '../journey/resume'
import type { Screen } from '../journey/route'
import { Appeal, Appeals, NewAppeal } from './appeal-lazy'
import { Appointment, Office } from './appointment-lazy'
import { Authorize } from './authorize'
import { BankCard } from './bank-card'
import { Detail } from './detail'
import { DocumentCheck } from './document'
import { Done } from './done'
import { Entry } from './entry'
import { Face } from './face'
import { FailureScreen } from './failure'
import { Faq, Support } from './faq-lazy'
import { FourElements } from './four-elements'
import { Identity } from './identity'
import { InvitedScreen } from './invited'
import { List } from './list'
import { Notices } from './notices'
import { Photo } from './photo'
import { Record } from './record'
import { Records } from './records'
import { Refuse } from './refuse'
import { Accesses, Activity, Consents, Corrections, Erase, Erased, Freeze, Frozen, Lift, MyData } from './rights-lazy'
import { Rules } from './rules'
import { Sign } from './sign'
import { Success } from './success'

const components: { [S in Screen]: ComponentType } = {
  entry: Entry,
  authorize: Authorize,
  notices: Notices,
  identity: Identity,
  face: Face,
  bankCard: BankCard,
  document: DocumentCheck,
  fourElements: FourElements,
  success: Success,
  failure: FailureScreen,
  photo: Photo,
  list: List,
  invited: InvitedScreen,
  detail: Detail,
  refuse: Refuse,
  sign: Sign,
  done: Done,
  records: Records,
  record: Record,
  consents: Consents,
  myData: MyData,
  accesses: Accesses,
  corrections: Corrections,
  erase: Erase,
  erased: Erased,
  activity: Activity,
  freeze: Freeze,
  frozen: Frozen,
  lift: Lift,
  appeals: Appeals,
  appealNew: NewAppeal,
  appeal: Appeal,
  appointment: Appointment,
  office: Office,
  support: Support,
  faq: Faq,
  rules: Rules,
}

let opened = false // whether the app has been opened

/** Shows the screen of the route if it fits the state on the server, and navigates to the one that does otherwise. */
export function ScreenGuard() {
  const route = useRoute()
  const shown = useShowCount()
  const t = useTranslation()
  const task = useTask()
  const [open, setOpen] = useState(false)
  const { run } = task
  const check = useCallback(
    () =>
      run(async () => {
        if (!getState().authority) void loadAuthority()
        const opening = !opened
        const former = platform.signIn.by === 'page' ? persisted('verification') : undefined
        if (opening) {
          await refresh()
          opened = true
          void loadFailures()
        }
        const { session, verification, blocked, draft } = getState()
        if (route.invitation) {
          // Opens an address without the token, so that "back" does not use it again.
          setState({ invitation: route.invitation })
          push({ screen: 'entry' })
          if (session?.access) push({ screen: 'invited' })
          return
        }
        const waiting = opening && session ? decodeTarget(persisted('target')) : undefined
        if (waiting?.screen === 'office') {
          persist('target', undefined)
          push(waiting) // the person signed in to take a number
          return
        }
        const documentEntered = draft.number !== '' || draft.prefilled
        const faceStarted = (pendingFaceAttempt(verification) ?? persisted('attempt')) !== undefined
        const due = resumeRoute({
          session,
          verification,
          opening,
          faceStarted,
          blocked: blocked !== undefined,
          documentEntered,
          requested: route,
        })
        if (due === route) {
          setOpen(true)
          return
        }
        // A page of a session that has ended is not for the next person. A mini-program is opened anew, by a message.
        const wanted = session !== undefined || (opening && former === undefined)
        const target = wanted && due.screen === 'entry' ? encodeTarget(route) : undefined
        if (target) persist('target', target) // the list navigates to it
        // The provider's page is behind the entry in the history, and "back" must not lead to it.
        if (opening && route.screen === 'entry') push(due)
        else replace(due)
      }),
    [run, route],
  )
  useEffect(() => {
    if (shown > 0) check() // a page must not navigate before it is shown, because it would navigate again when it is shown
  }, [check, shown])
  if (!open)
    return (
      <Page entry={route.screen === 'entry'} title={t('title')}>
        <Loading task={task} />
      </Page>
    )
  const View = components[route.screen]
  return <View />
}
