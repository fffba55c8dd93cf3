import { Box, Button } from '@base'
import { api } from '../app/client'
import { usePlace, useTask, useWords } from '../app/hooks'
import { nameOf } from '../app/names'
import { back, follow, go } from '../app/nav'
import { change, current, keep, useApp } from '../app/store'
import { ErrorBox } from '../components/error'
import { Frame } from '../components/frame'
import { Rows } from '../components/rows'
import { emptyCard } from '../journey/card'
import { masked, maskedName, typed } from '../journey/document'
import { placeOf } from '../journey/next'

/** S2: the last word before anything is checked. */
export function Identity() {
  const place = usePlace()
  const { purpose = 'access', id } = place
  const { draft, session } = useApp()
  const say = useWords()
  const task = useTask()
  const confirming = purpose === 'confirm'
  const own = confirming ? session?.access?.document : draft.prefilled ? session?.prefill : undefined
  const known = own !== undefined || draft.number !== ''

  const begin = async () => {
    const { data } = confirming ? await startConfirm(id) : await startAccess()
    keep('attempt', undefined)
    change({ verification: data, attempt: undefined, trouble: undefined, card: emptyCard })
    follow(placeOf(data))
  }
  return (
    <Frame
      title={say(confirming ? 'identityAgain' : 'identityTitle')}
      lead={say(confirming ? 'identityConfirmLead' : 'identityLead')}
    >
      <Rows
        rows={[
          { label: say('name'), value: own?.name_masked ?? maskedName(draft.name) },
          { label: say('documentType'), value: own ? nameOf(own.type, say) : say(draft.type) },
          { label: say('number'), value: own?.number_masked ?? masked(draft.number) },
        ]}
      />
      <ErrorBox task={task} />
      {known ? (
        <Button kind="main" busy={task.busy} onPress={() => task.run(begin)}>
          {say('agreeAndVerify')}
        </Button>
      ) : (
        <Box as="alert" className="panel info">
          {say('sessionEnded')}
        </Box>
      )}
      <Button onPress={() => (confirming ? back(place) : go({ screen: 'entry' }))}>{say('notNow')}</Button>
    </Frame>
  )
}

function startAccess() {
  const { draft, session } = current()
  const prefilled = draft.prefilled && session?.prefill !== undefined
  return api.start(prefilled ? { purpose: 'access', use_prefill: true } : { purpose: 'access', document: typed(draft) })
}

/** Bound to the content as it was shown; read anew where the app was closed since. */
async function startConfirm(id = '') {
  const shown = current().todo
  const todo = shown?.id === id ? shown : (await api.todo(id)).data
  change({ todo })
  return api.start({ purpose: 'confirm', todo_id: id, revision: todo.revision, content_digest: todo.content_digest })
}
