import { Box, Button, Ink } from '@base'
import { useReducer, useState } from 'react'
import { useWords } from '../app/hooks'
import type { Recorder } from '../strokes/recorder'

/** The signature pad: small in the page, or over the whole screen with the phone turned. */
export function Pad({ recorder, onChange }: { recorder: Recorder; onChange: () => void }) {
  const say = useWords()
  const [large, setLarge] = useState(false)
  const [version, next] = useReducer((n: number) => n + 1, 0)
  const changed = () => {
    next()
    onChange()
  }
  const tools = (
    <Box className="tools">
      <Button
        kind="quiet"
        disabled={recorder.empty}
        onPress={() => {
          recorder.undo()
          changed()
        }}
      >
        {say('undo')}
      </Button>
      <Button
        kind="quiet"
        disabled={recorder.empty}
        onPress={() => {
          recorder.clear()
          changed()
        }}
      >
        {say('clear')}
      </Button>
      <Button kind="quiet" onPress={() => setLarge(!large)}>
        {say(large ? 'reduce' : 'enlarge')}
      </Button>
    </Box>
  )
  return (
    <Box className={large ? 'pad large' : 'pad'}>
      <Box className="sheet">
        <Ink
          key={String(large)}
          recorder={recorder}
          label={say('padLabel')}
          sideways={large}
          version={version}
          onChange={changed}
        />
      </Box>
      {tools}
      <Box as="status" className="note wrong">
        {recorder.full ? say('padFull') : recorder.late ? say('padLate') : recorder.nearlyFull && say('padNearlyFull')}
      </Box>
    </Box>
  )
}
