import { Button } from '@base'
import { useState } from 'react'
import { take } from '../app/attempt'
import { api } from '../app/client'
import { useTask, useWords } from '../app/hooks'
import { useApp } from '../app/store'
import { ErrorBox } from '../components/error'
import { Frame } from '../components/frame'
import { Leave } from '../components/leave'
import { ServiceNote } from '../components/service-note'
import { Validity } from '../components/validity'

/** Name, number and validity together. */
export function FourElements() {
  const { verification, draft } = useApp()
  const say = useWords()
  const task = useTask()
  const [tried, setTried] = useState(false)
  const incomplete = draft.from === '' || (draft.until === '' && !draft.longTerm)
  const check = () => {
    setTried(true)
    if (incomplete || !verification) return
    task.run(async () => {
      const until = draft.longTerm ? { long_term: true } : { valid_until: draft.until }
      take((await api.fourElements(verification.id, { valid_from: draft.from, ...until })).data)
    })
  }
  return (
    <Frame title={say('elementsTitle')} lead={say('elementsLead')}>
      <ServiceNote verification={verification} />
      <Validity error={tried && incomplete ? say('required') : undefined} />
      <ErrorBox task={task} />
      <Button kind="main" busy={task.busy} onPress={check}>
        {say('verify')}
      </Button>
      <Leave verification={verification} />
    </Frame>
  )
}
