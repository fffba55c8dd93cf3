import { Lazy } from '../components/lazy'

// What few people open is loaded when it is opened. A mini-program has it in its package, as webpackMode says.
const rights = () => import(/* webpackMode: "eager" */ './rights')
const consents = () => import(/* webpackMode: "eager" */ './consents')

export const MyData = () => <Lazy load={async () => (await rights()).MyData} />
export const Accesses = () => <Lazy load={async () => (await rights()).Accesses} />
export const Activity = () => <Lazy load={async () => (await rights()).Activity} />
export const Corrections = () => <Lazy load={async () => (await rights()).Corrections} />
export const Erase = () => <Lazy load={async () => (await rights()).Erase} />
export const Erased = () => <Lazy load={async () => (await rights()).Erased} />
export const Freeze = () => <Lazy load={async () => (await rights()).Freeze} />
export const Frozen = () => <Lazy load={async () => (await rights()).Frozen} />
export const Lift = () => <Lazy load={async () => (await rights()).Lift} />
export const Consents = () => <Lazy load={async () => (await consents()).Consents} />
