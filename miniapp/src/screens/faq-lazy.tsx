import { Lazy } from '../components/lazy'

// Few people read the questions or ask for support. A mini-program has the screens in its package, as webpackMode says.
const faq = () => import(/* webpackMode: "eager" */ './faq')
const support = () => import(/* webpackMode: "eager" */ './support')

export const Faq = () => <Lazy load={async () => (await faq()).Faq} />
export const Support = () => <Lazy load={async () => (await support()).Support} />
