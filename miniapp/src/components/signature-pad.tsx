import { Box, Button, SignatureCanvas, useUpright } from '@base'
import { useReducer, useState } from 'react'
import { useTranslation } from '../app/hooks'
import type { Recorder } from '../strokes/recorder'

/** The signature pad: small in the page, or over the whole screen. On an upright screen one writes sideways. */
export function SignaturePad({ recorder, onChange }: { recorder: Recorder; onChange: () => void }) {
  const t = useTranslation()
  const [large, setLarge] = useState(false)
  const upright = useUpright()
  const sideways = large && upright
  const [version, next] = useReducer((n: number) => n + 1, 0)
  const changed = () => {
    next()
    onChange()
  }
  const tools = (
    <Box className="tools">
      <Button
        kind="quiet"
        disabled={recorder.isEmpty}
        onPress={() => {
          recorder.undo()
          changed()
        }}
      >
        {t('undo')}
      </Button>
      <Button
        kind="quiet"
        disabled={recorder.isEmpty}
        onPress={() => {
          recorder.clear()
          changed()
        }}
      >
        {t('clear')}
      </Button>
      <Button kind="quiet" onPress={() => setLarge(!large)}>
        {t(large ? 'reduce' : 'enlarge')}
      </Button>
    </Box>
  )
  return (
    <Box className={large ? `pad large ${upright ? 'upright' : 'across'}` : 'pad'}>
      <Box className="sheet">
        <SignatureCanvas
          key={`${large} ${upright}`}
          recorder={recorder}
          label={t('padLabel')}
          sideways={sideways}
          version={version}
          onChange={changed}
        />
      </Box>
      {tools}
      <Box as="status" className="note wrong">
        {recorder.isFull ? t('padFull') : recorder.isLate ? t('padLate') : recorder.isNearlyFull && t('padNearlyFull')}
      </Box>
    </Box>
  )
}
