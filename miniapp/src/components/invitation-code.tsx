import { Box, Button, Field } from '@base'
import { useState } from 'react'
import { useTranslation } from '../app/hooks'
import { codeError, codeFormat } from '../journey/invitation'

/** Asks for the code of an invitation. */
export function InvitationCode({ busy, onCode }: { busy?: boolean; onCode: (code: string) => void }) {
  const t = useTranslation()
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<{ error: string }>()
  const submit = () => {
    const key = code === '' ? 'required' : codeError(code)
    if (key) setWrong({ error: t(key) })
    else onCode(code)
  }
  return (
    <Box>
      <Field
        label={t('code')}
        hint={t('codeHint')}
        value={code}
        maxLength={64}
        format={codeFormat}
        error={wrong?.error}
        focusOn={wrong}
        onChange={(value) => {
          setCode(value)
          setWrong(undefined)
        }}
        onEnter={submit}
      />
      <Box as="status" className="note wrong">
        {wrong && t('fieldsInvalid', { n: 1 })}
      </Box>
      <Button busy={busy ?? false} onPress={submit}>
        {t('useCode')}
      </Button>
    </Box>
  )
}
