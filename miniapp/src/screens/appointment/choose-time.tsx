import { Box, Button, Select } from '@base'
import { useState } from 'react'
import { problemCode } from '../../api/errors'
import { api } from '../../app/client'
import { useLoad, useTask } from '../../app/hooks'
import { ErrorBox, Loading } from '../../components/error'
import { clockOf, dayOf, daysOf } from './slots'
import { useAppointmentTexts } from './texts'

/** Lets the person choose a day and a time of an office. A time that somebody else took meanwhile is not offered again. */
export function ChooseTime({ office, onChoose }: { office: string; onChoose: (startsAt: string) => Promise<void> }) {
  const a = useAppointmentTexts()
  const task = useTask()
  const [chosen, setChosen] = useState('')
  const { data: slots, task: loading, reload } = useLoad(async () => (await api.slots(office)).data.slots, office)
  if (!slots) return <Loading task={loading} />
  const days = daysOf(slots, a)
  const day = days.find(({ value }) => value === chosen)?.value ?? days[0]?.value
  if (!day) return <Box className="panel">{a('none')}</Box>
  const choose = async (startsAt: string) => {
    try {
      await onChoose(startsAt)
    } catch (error) {
      if (['slot_full', 'slot_unknown'].includes(problemCode(error) ?? '')) reload()
      throw error
    }
  }
  return (
    <Box as="section" className="panel" label={a('times')}>
      <Select label={a('day')} value={day} options={days} onChange={setChosen} />
      <Box className="strong">{a('times')}</Box>
      <ErrorBox task={task} />
      <Box as="list" className="rows">
        {slots
          .filter((slot) => slot.free > 0 && dayOf(slot.starts_at) === day)
          .map((slot) => (
            <Box as="item" key={slot.starts_at}>
              <Button busy={task.busy} onPress={() => task.run(() => choose(slot.starts_at))}>
                {a('time', { from: clockOf(slot.starts_at), to: clockOf(slot.ends_at), n: slot.free })}
              </Button>
            </Box>
          ))}
      </Box>
    </Box>
  )
}
