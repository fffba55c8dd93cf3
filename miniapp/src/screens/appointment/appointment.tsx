import { Box, Select } from '@base'
import { useState } from 'react'
import { problemCode } from '../../api/errors'
import { api } from '../../app/client'
import { useLoad, useRoute } from '../../app/hooks'
import { useAppState } from '../../app/store'
import { Loading } from '../../components/error'
import { Page } from '../../components/page'
import { formatBeijing } from '../../journey/time'
import { ChooseTime } from './choose-time'
import { Confirmation } from './confirmation'
import { useAppointmentTexts } from './texts'

/** 预约窗口: the booked time, or the choice of one. All of it is read from the server, so a reload loses nothing. */
export function Appointment() {
  const { id: failure } = useRoute()
  const { language } = useAppState()
  const a = useAppointmentTexts()
  const [chosen, setChosen] = useState('')
  const [cancelled, setCancelled] = useState(false)
  const { data, task, reload } = useLoad(async () => {
    const [offices, mine] = await Promise.all([api.offices(), api.appointments()])
    return { offices: offices.data.offices, mine: mine.data }
  }, language)
  if (!data)
    return (
      <Page title={a('title')} steps={false}>
        <Loading task={task} />
      </Page>
    )
  const { offices, mine } = data
  const booked = mine.appointments.find(({ state }) => state === 'booked')
  if (booked)
    return (
      <Page title={a('booked')} steps={false}>
        <Confirmation
          booked={booked}
          onChange={() => {
            setCancelled(true)
            reload()
          }}
        />
      </Page>
    )
  const last = mine.appointments[0]
  const withdrawn = last?.state === 'withdrawn' ? last : undefined
  const office = offices.find(({ id }) => id === chosen) ?? offices[0]
  const book = async (startsAt: string) => {
    if (!office) return
    try {
      await api.bookAppointment({ office: office.id, starts_at: startsAt, ...(failure && { failure }) })
    } catch (error) {
      if (problemCode(error) !== 'appointment_open') throw error // it was booked elsewhere, and is shown
    }
    setCancelled(false)
    reload()
  }
  return (
    <Page title={a('title')} lead={a('lead')} steps={false}>
      <Box as="status">{cancelled && a('cancelled')}</Box>
      {withdrawn && (
        <Box className="panel">
          {a('withdrawn', { office: withdrawn.office.name, time: formatBeijing(withdrawn.starts_at) })}
        </Box>
      )}
      {mine.paused_until && (
        <Box className="panel danger">{a('paused', { n: mine.missed, time: formatBeijing(mine.paused_until) })}</Box>
      )}
      {!mine.paused_until && mine.missed > 0 && <Box className="panel">{a('missed', { n: mine.missed })}</Box>}
      {!office && <Box className="panel">{a('noOffice')}</Box>}
      {office && !mine.paused_until && (
        <>
          <Box className="panel">
            <Select
              label={a('office')}
              value={office.id}
              options={offices.map((one) => ({ value: one.id, label: one.name }))}
              onChange={setChosen}
            />
            <Box className="small">{office.address}</Box>
          </Box>
          <ChooseTime key={office.id} office={office.id} onChoose={book} />
        </>
      )}
    </Page>
  )
}
