// The screens on the person's rights. The web client loads them when one of them is opened.
export { Accesses } from './accesses'
export { Corrections } from './corrections'
export { Erase } from './erase'
export { Erased } from './erased'
export { MyData } from './my-data'
