import { type ComponentType, useCallback, useEffect, useState } from 'react'
import { usePlace, useShown, useTask, useWords } from '../app/hooks'
import { go, swap } from '../app/nav'
import { refresh } from '../app/session'
import { current, keep, keptId } from '../app/store'
import { loadFailures } from '../app/trouble'
import { Loading } from '../components/error'
import { Frame } from '../components/frame'
import { openFace } from '../journey/next'
import { resume, targetOf } from '../journey/resume'
import type { Screen } from '../journey/screen'
import { Authorize } from './authorize'
import { BankCard } from './bank-card'
import { Consents } from './consents'
import { Detail } from './detail'
import { DocumentCheck } from './document'
import { Done } from './done'
import { Entry } from './entry'
import { Face } from './face'
import { FailureScreen } from './failure'
import { Faq } from './faq'
import { FourElements } from './four-elements'
import { Identity } from './identity'
import { List } from './list'
import { Notices } from './notices'
import { Photo } from './photo'
import { Record } from './record'
import { Records } from './records'
import { Refuse } from './refuse'
import { Rules } from './rules'
import { Sign } from './sign'
import { Success } from './success'
import { Support } from './support'

const views: { [S in Screen]: ComponentType } = {
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
  detail: Detail,
  refuse: Refuse,
  sign: Sign,
  done: Done,
  records: Records,
  record: Record,
  consents: Consents,
  support: Support,
  faq: Faq,
  rules: Rules,
}

let asked = false // since the app was opened

/** Shows a screen only where the person is: what the server says goes before what the app remembers. */
export function Gate() {
  const place = usePlace()
  const shown = useShown()
  const say = useWords()
  const task = useTask()
  const [open, setOpen] = useState(false)
  const { run } = task
  const check = useCallback(
    () =>
      run(async () => {
        const opening = !asked
        if (opening) {
          await refresh()
          asked = true
          void loadFailures()
        }
        const { session, verification, trouble, draft } = current()
        const typed = draft.number !== '' || draft.prefilled
        const faceBegun = (openFace(verification) ?? keptId('attempt')) !== undefined
        const due = resume({
          session,
          verification,
          opening,
          faceBegun,
          stopped: trouble !== undefined,
          typed,
          wanted: place,
        })
        if (due === place) {
          setOpen(true)
          return
        }
        const target = due.screen === 'entry' ? targetOf(place) : undefined
        if (target) keep('target', target) // the list leads on to it
        // The provider's page for the face is behind the entry in the history, and "back" must not lead to it.
        if (opening && place.screen === 'entry') go(due)
        else swap(due)
      }),
    [run, place],
  )
  useEffect(() => {
    if (shown > 0) check() // before it is shown, a page must not navigate; it would do so again when it is shown
  }, [check, shown])
  if (!open)
    return (
      <Frame title={say('title')}>
        <Loading task={task} />
      </Frame>
    )
  const View = views[place.screen]
  return <View />
}
