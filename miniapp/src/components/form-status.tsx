import { Box } from '@base'
import type { Form } from '../app/form'
import { useTranslation } from '../app/hooks'

/** Announces how many fields have to be corrected. The focus moves to the first one. */
export function FormStatus({ form }: { form: Form }) {
  const t = useTranslation()
  return (
    <Box as="status" className="note wrong">
      {form.invalid > 0 && t('fieldsInvalid', { n: form.invalid })}
    </Box>
  )
}
