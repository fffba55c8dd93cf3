export { Bar } from './bar'
export { phone } from './phone'
