import { Lazy } from '../components/lazy'

// Few people appeal. A mini-program has the screens in its package, as webpackMode says.
const appeal = () => import(/* webpackMode: "eager" */ './appeal')

export const Appeals = () => <Lazy load={async () => (await appeal()).Appeals} />
export const NewAppeal = () => <Lazy load={async () => (await appeal()).NewAppeal} />
export const Appeal = () => <Lazy load={async () => (await appeal()).Appeal} />
