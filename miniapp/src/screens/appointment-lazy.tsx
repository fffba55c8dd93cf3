import { useLoad } from '../app/hooks'
import { Lazy } from '../components/lazy'

// Few people book a time. A mini-program has the screens in its package, as webpackMode says.
const appointment = () => import(/* webpackMode: "eager" */ './appointment')

export const Appointment = () => <Lazy load={async () => (await appointment()).Appointment} />
export const Office = () => <Lazy load={async () => (await appointment()).Office} />

/** Offers to book a time, once that is loaded: the surrounding content is complete without it. */
export function BookOffer({ failure }: { failure: string }) {
  const { data } = useLoad(async () => ({ Offer: (await appointment()).BookOffer }), '')
  return data ? <data.Offer failure={failure} /> : null
}
