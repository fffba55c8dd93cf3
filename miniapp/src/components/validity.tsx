import { Field, Tick } from '@base'
import { useWords } from '../app/hooks'
import { change, useApp } from '../app/store'
import type { Draft } from '../journey/document'

/** First and last day of a document's validity, or 长期. */
export function Validity({ error }: { error?: string | undefined }) {
  const { draft } = useApp()
  const say = useWords()
  const set = (part: Partial<Draft>) => change({ draft: { ...draft, ...part } })
  return (
    <>
      <Field
        label={say('validFrom')}
        value={draft.from}
        maxLength={10}
        hint={say('dateHint')}
        error={error}
        onChange={(from) => set({ from })}
      />
      {!draft.longTerm && (
        <Field
          label={say('validUntil')}
          value={draft.until}
          maxLength={10}
          hint={say('dateHint')}
          onChange={(until) => set({ until })}
        />
      )}
      <Tick ticked={draft.longTerm} onChange={(longTerm) => set({ longTerm, until: '' })}>
        {say('longTerm')}
      </Tick>
    </>
  )
}
