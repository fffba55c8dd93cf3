import { Button } from '@base'
import { api } from '../../app/client'
import { useLoad } from '../../app/hooks'
import { push } from '../../app/navigation'
import { useAppState } from '../../app/store'
import { useAppointmentTexts } from './texts'

/** Leads from a window slip to a time at the window. Nothing is shown if no office takes appointments. */
export function BookOffer({ failure }: { failure: string }) {
  const { language } = useAppState()
  const a = useAppointmentTexts()
  const { data } = useLoad(async () => (await api.offices()).data.offices, language)
  if (!data?.length) return null
  return <Button onPress={() => push({ screen: 'appointment', id: failure })}>{a('title')}</Button>
}
