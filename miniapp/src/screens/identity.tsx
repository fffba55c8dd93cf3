import { Box, Button } from '@base'
import { problemCode } from '../api/errors'
import { boundToContent } from '../app/changed-todo'
import { api } from '../app/client'
import { useRoute, useTask, useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { goBack, popTo, push } from '../app/navigation'
import { forget, prefillRemembered } from '../app/remembered'
import { refresh } from '../app/session'
import { getState, persist, setState, useAppState } from '../app/store'
import { ErrorBox } from '../components/error'
import { OwnerOffer } from '../components/owner-offer'
import { Page } from '../components/page'
import { Rows } from '../components/rows'
import { emptyCard } from '../journey/bank-card'
import { documentOf, maskName, maskNumber } from '../journey/document'
import { routeOf } from '../journey/next'

/** S2: starts the verification after the person has checked the document. */
export function Identity() {
  const route = useRoute()
  const { purpose = 'access', id } = route
  const { draft, lifting, session } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const confirming = purpose === 'confirm'
  const own = confirming ? session?.access?.document : draft.prefilled ? session?.prefill : undefined
  const type = own?.type ?? draft.type
  const accessLead = type === 'resident_id' ? 'identityLeadResident' : 'identityLead'
  const known = own !== undefined || draft.number !== ''

  const begin = async () => {
    const started = confirming ? await startConfirm(id) : await startAccess()
    if (!started) return push({ screen: 'entry' })
    const { data } = started
    persist('attempt', undefined)
    setState({
      verification: data,
      attempt: undefined,
      blocked: undefined,
      cardDraft: emptyCard,
      rejected: [],
      lifting: false,
    })
    popTo(routeOf(data))
  }
  return (
    <Page
      title={t(confirming ? 'identityAgain' : 'identityTitle')}
      lead={t(confirming ? 'identityConfirmLead' : lifting ? 'identityLiftLead' : accessLead)}
    >
      <Rows
        rows={[
          { label: t('name'), value: own?.name_masked ?? maskName(draft.name) },
          { label: t('documentType'), value: labelOf(type, t) },
          { label: t('number'), value: own?.number_masked ?? maskNumber(draft.number) },
        ]}
      />
      {!confirming && known && <OwnerOffer />}
      <ErrorBox task={task} />
      {!confirming && own && session?.prefill_from === 'remembered' && (
        <Button
          kind="quiet"
          busy={task.busy}
          onPress={() =>
            task.run(async () => {
              await forget()
              setState({ message: 'forgotten' })
              push({ screen: 'entry' })
            })
          }
        >
          {t('forget')}
        </Button>
      )}
      {known ? (
        <Button kind="primary" busy={task.busy} onPress={() => task.run(() => boundToContent(id ?? '', begin))}>
          {t('agreeAndVerify')}
        </Button>
      ) : (
        <Box as="alert" className="panel info">
          {t('sessionEnded')}
        </Box>
      )}
      <Button onPress={() => (confirming ? goBack(route) : push({ screen: 'entry' }))}>{t('notNow')}</Button>
    </Page>
  )
}

/** Returns undefined if the document of the account is no longer available. It is then entered by hand. */
async function startAccess() {
  const { draft, lifting, session } = getState()
  const purpose = lifting ? 'lift' : 'access'
  if (!draft.prefilled || session?.prefill === undefined) return api.start({ purpose, document: documentOf(draft) })
  // A prefill is used once. The remembered document can be filled in again, if it is still the one on the screen.
  if (session.prefill_from === 'remembered' && !(await prefillRemembered(session.prefill))) {
    setState({ message: 'rememberedAbsent' })
    return undefined
  }
  try {
    return await api.start({ purpose, use_prefill: true })
  } catch (error) {
    if (problemCode(error) !== 'prefill_missing') throw error
    await refresh()
    setState({ draft: { ...draft, prefilled: false }, message: 'prefillAbsent' })
    return undefined
  }
}

/** Starts a verification for the content as it was shown. Reads it again if the app was closed since. */
async function startConfirm(id = '') {
  const shown = getState().todo
  const todo = shown?.id === id ? shown : (await api.todo(id)).data
  setState({ todo })
  return api.start({ purpose: 'confirm', todo_id: id, revision: todo.revision, content_digest: todo.content_digest })
}
