import { Lazy } from '../components/lazy'

// Few people read the questions. A mini-program has the screen in its package, as webpackMode says.
const faq = () => import(/* webpackMode: "eager" */ './faq')

export const Faq = () => <Lazy load={async () => (await faq()).Faq} />
