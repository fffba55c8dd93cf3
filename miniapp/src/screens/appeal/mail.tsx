import { Box, Button } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import { useAppealTexts } from './texts'

/** How to appeal by mail, with the subject to copy. */
export function Mail({ address, subject }: { address: string; subject: string }) {
  const a = useAppealTexts()
  const [copied, setCopied] = useState(false)
  const copy = () => platform.copyText(subject).then(() => setCopied(true))
  return (
    <Box className="panel" as="section" label={a('mail')}>
      <Box className="strong">{a('mail')}</Box>
      <Box>{a('mailLead', { address })}</Box>
      <Box className="strong">{subject}</Box>
      <Button kind="quiet" onPress={copy}>
        {a('copy')}
      </Button>
      <Box as="status" className="small">
        {copied && a('copied')}
      </Box>
    </Box>
  )
}
