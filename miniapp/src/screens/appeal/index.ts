// The screens on appeals. The web client loads them when one of them is opened.
export { Appeal } from './appeal'
export { Appeals } from './appeals'
export { NewAppeal } from './new-appeal'
