import { Button } from '@base'
import { applyAttempt } from '../app/attempt'
import { api } from '../app/client'
import { useForm } from '../app/form'
import { useTask, useTranslation } from '../app/hooks'
import { labelOf } from '../app/labels'
import { useAppState } from '../app/store'
import { CancelButton } from '../components/cancel-button'
import { ErrorBox } from '../components/error'
import { FormStatus } from '../components/form-status'
import { Page } from '../components/page'
import { ServiceNote } from '../components/service-note'
import { useValidityErrors, Validity } from '../components/validity'

/** The check of name, number and validity. */
export function FourElements() {
  const { verification, draft } = useAppState()
  const t = useTranslation()
  const task = useTask()
  const form = useForm(useValidityErrors(draft, false))
  const check = () => {
    if (!verification) return
    task.run(async () => {
      const until = draft.longTerm ? { long_term: true } : { valid_until: draft.until }
      applyAttempt((await api.fourElements(verification.id, { valid_from: draft.from, ...until })).data)
    })
  }
  return (
    <Page
      title={t('elementsTitle')}
      lead={t('elementsLead', { type: labelOf(verification?.document.type ?? draft.type, t) })}
    >
      <ServiceNote verification={verification} />
      <Validity form={form} />
      <FormStatus form={form} />
      <ErrorBox task={task} />
      <Button kind="primary" busy={task.busy} onPress={() => form.submit(check)}>
        {t('verify')}
      </Button>
      <CancelButton verification={verification} />
    </Page>
  )
}
