// The screens on appointments. The web client loads them when a failure leads to the window, or at an office.
export { Appointment } from './appointment'
export { BookOffer } from './book-offer'
export { Office } from './office'
