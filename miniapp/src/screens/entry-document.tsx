import { Box, Button, Field } from '@base'
import { platform } from '@platform'
import { useState } from 'react'
import type { MaskedDocument } from '../api/types'
import { useWords } from '../app/hooks'
import { go } from '../app/nav'
import { change, useApp } from '../app/store'
import { Rows } from '../components/rows'
import { Validity } from '../components/validity'
import type { Draft } from '../journey/document'
import { numberFault, unfinished } from '../journey/number'

/** Whether something is still missing or certainly mistyped. The server decides about everything else. */
export function missing(draft: Draft): boolean {
  return draft.name.trim() === '' || draft.number.trim() === '' || numberFault(draft.type, draft.number) !== undefined
}

interface Props {
  prefill: MaskedDocument | undefined
  tried: boolean
  onEnter: () => void
}

/** Name and number: as the account knows them, or typed. */
export function DocumentFields({ prefill, tried, onEnter }: Props) {
  const { draft, session } = useApp()
  const say = useWords()
  const [validity, setValidity] = useState(draft.from !== '')
  const set = (part: Partial<Draft>) => change({ draft: { ...draft, ...part } })
  const required = (value: string) => (tried && value.trim() === '' ? say('required') : undefined)
  const fault = draft.number.trim() === '' ? undefined : numberFault(draft.type, draft.number)
  const told = fault && (tried || !unfinished(draft.type, draft.number)) ? say(fault) : undefined
  if (prefill) {
    return (
      <>
        <Rows
          title={say('prefilled')}
          rows={[
            { label: say('name'), value: prefill.name_masked },
            { label: say('number'), value: prefill.number_masked },
          ]}
        />
        <Button kind="quiet" onPress={() => set({ prefilled: false })}>
          {say('typeByHand')}
        </Button>
      </>
    )
  }
  const offered = draft.type === 'resident_id' && session && platform.identityCode
  return (
    <>
      {offered && (
        <Box className="offer">
          <Button onPress={() => (session.prefill ? set({ prefilled: true }) : go({ screen: 'authorize' }))}>
            {say('usePrefill')}
          </Button>
          <Box className="small">{say('prefillLead')}</Box>
        </Box>
      )}
      <Field
        label={say('name')}
        placeholder={say('namePlaceholder')}
        value={draft.name}
        maxLength={100}
        error={required(draft.name)}
        autoComplete="name"
        onChange={(name) => set({ name })}
      />
      <Field
        label={say('number')}
        placeholder={say('numberPlaceholder')}
        value={draft.number}
        maxLength={64}
        error={required(draft.number) ?? told}
        onChange={(number) => set({ number })}
        onEnter={onEnter}
      />
      {validity ? (
        <Validity />
      ) : (
        <Button kind="quiet" onPress={() => setValidity(true)}>
          {say('validityAsk')}
        </Button>
      )}
    </>
  )
}
